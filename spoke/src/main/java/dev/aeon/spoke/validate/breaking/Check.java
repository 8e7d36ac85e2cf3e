package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.MethodElement;
import dev.aeon.spoke.validate.image.ServiceElement;
import java.util.Map;

/** A rule of change. */
@FunctionalInterface
interface Check {
  void check(Images images, Report report);

  /** A rule on an element that both images have. */
  @FunctionalInterface
  interface PairCheck<T> {
    void check(T current, T previous, Report report);
  }

  static Check ofFiles(PairCheck<ImageFile> check) {
    return (images, report) ->
        images.files().forEach(pair -> check.check(pair.current(), pair.previous(), report));
  }

  static Check ofMessages(PairCheck<MessageElement> check) {
    return (images, report) ->
        images.messages().forEach(pair -> check.check(pair.current(), pair.previous(), report));
  }

  static Check ofEnums(PairCheck<EnumElement> check) {
    return (images, report) ->
        images.enums().forEach(pair -> check.check(pair.current(), pair.previous(), report));
  }

  static Check ofFields(PairCheck<FieldElement> check) {
    return (images, report) ->
        images.fields().forEach(pair -> check.check(pair.current(), pair.previous(), report));
  }

  static Check ofServices(PairCheck<ServiceElement> check) {
    return (images, report) ->
        images.services().forEach(pair -> check.check(pair.current(), pair.previous(), report));
  }

  static Check ofMethods(PairCheck<MethodElement> check) {
    return ofServices((current, previous, report) -> {
      Map<String, MethodElement> now = Images.byName(current.methods(), m -> m.name());
      for (MethodElement method : previous.methods()) {
        MethodElement same = now.get(method.name());
        if (same != null) {
          check.check(same, method, report);
        }
      }
    });
  }
}
