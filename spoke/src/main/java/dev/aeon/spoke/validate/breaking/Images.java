package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.ServiceElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A new image and the one before it, with what has the same name or number in both paired up. */
final class Images {
  private final Image current;
  private final Image previous;
  private final Map<String, EnumElement> currentEnums;
  private final Map<String, EnumElement> previousEnums;
  private final List<Pair<ImageFile>> files;
  private final List<Pair<MessageElement>> messages;
  private final List<Pair<EnumElement>> enums;
  private final List<Pair<ServiceElement>> services;
  private final List<Pair<FieldElement>> fields;

  Images(Image current, Image previous) {
    this.current = current;
    this.previous = previous;
    this.currentEnums = enumsOf(current);
    this.previousEnums = enumsOf(previous);
    this.files = pairs(filesOf(current), filesOf(previous));
    this.enums = pairs(currentEnums, previousEnums);
    this.services = pairs(servicesOf(current), servicesOf(previous));
    this.messages = pairs(messagesOf(current), messagesOf(previous));
    this.fields = fieldPairs();
  }

  Image current() {
    return current;
  }

  Image previous() {
    return previous;
  }

  List<Pair<ImageFile>> files() {
    return files;
  }

  List<Pair<MessageElement>> messages() {
    return messages;
  }

  List<Pair<EnumElement>> enums() {
    return enums;
  }

  List<Pair<ServiceElement>> services() {
    return services;
  }

  /** Fields of the same message, and extensions of the same message, with the same number. */
  List<Pair<FieldElement>> fields() {
    return fields;
  }

  Map<String, EnumElement> currentEnums() {
    return currentEnums;
  }

  Map<String, EnumElement> previousEnums() {
    return previousEnums;
  }

  private List<Pair<FieldElement>> fieldPairs() {
    List<Pair<FieldElement>> pairs = new ArrayList<>();
    for (Pair<MessageElement> message : messages) {
      Map<Integer, FieldElement> now = byNumber(message.current());
      for (FieldElement field : message.previous().fields()) {
        FieldElement same = now.get(field.number());
        if (same != null) {
          pairs.add(new Pair<>(same, field));
        }
      }
    }
    pairs.addAll(pairs(extensionsOf(current), extensionsOf(previous)));
    return pairs;
  }

  static Map<Integer, FieldElement> byNumber(MessageElement message) {
    Map<Integer, FieldElement> fields = HashMap.newHashMap(message.fields().size());
    message.fields().forEach(field -> fields.put(field.number(), field));
    return fields;
  }

  private static Map<String, ImageFile> filesOf(Image image) {
    return byName(image.files(), ImageFile::path);
  }

  private static Map<String, EnumElement> enumsOf(Image image) {
    Map<String, EnumElement> enums = new HashMap<>();
    image.files().forEach(file -> file.forEachEnum(each -> enums.put(each.fullName(), each)));
    return enums;
  }

  private static Map<String, MessageElement> messagesOf(Image image) {
    Map<String, MessageElement> messages = new HashMap<>();
    image.files().forEach(file -> file.forEachMessage(each -> messages.put(each.fullName(), each)));
    return messages;
  }

  private static Map<String, ServiceElement> servicesOf(Image image) {
    Map<String, ServiceElement> services = new HashMap<>();
    image.files().forEach(file -> services.putAll(byName(file.services(), s -> s.fullName())));
    return services;
  }

  private record ExtensionKey(String extendee, int number) {}

  private static Map<ExtensionKey, FieldElement> extensionsOf(Image image) {
    Map<ExtensionKey, FieldElement> extensions = new HashMap<>();
    image
        .files()
        .forEach(file ->
            file.forEachExtension(
                each -> extensions.put(new ExtensionKey(each.extendee(), each.number()), each)));
    return extensions;
  }

  static <T> Map<String, T> byName(Iterable<T> elements, Function<T, String> name) {
    Map<String, T> named = new HashMap<>();
    elements.forEach(element -> named.put(name.apply(element), element));
    return named;
  }

  static <K, T> List<Pair<T>> pairs(Map<K, T> current, Map<K, T> previous) {
    List<Pair<T>> pairs = new ArrayList<>(previous.size());
    previous.forEach((key, before) -> {
      T now = current.get(key);
      if (now != null) {
        pairs.add(new Pair<>(now, before));
      }
    });
    return pairs;
  }
}
