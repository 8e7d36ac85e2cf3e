package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.EnumValueElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.ImportElement;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.MethodElement;
import dev.aeon.spoke.validate.image.OneofElement;
import dev.aeon.spoke.validate.image.ServiceElement;
import java.util.function.BiConsumer;

/** A rule that needs one file at a time. */
@FunctionalInterface
interface FileCheck {
  void check(ImageFile file, Report report);

  static FileCheck ofEnums(BiConsumer<EnumElement, Report> check) {
    return (file, report) -> file.forEachEnum(element -> check.accept(element, report));
  }

  static FileCheck ofEnumValues(BiConsumer<EnumValueElement, Report> check) {
    return ofEnums(
        (element, report) -> element.values().forEach(value -> check.accept(value, report)));
  }

  static FileCheck ofMessages(BiConsumer<MessageElement, Report> check) {
    return (file, report) -> file.forEachMessage(message -> check.accept(message, report));
  }

  static FileCheck ofOneofs(BiConsumer<OneofElement, Report> check) {
    return ofMessages(
        (message, report) -> message.oneofs().forEach(oneof -> check.accept(oneof, report)));
  }

  /** Extensions are fields too. */
  static FileCheck ofFields(BiConsumer<FieldElement, Report> check) {
    return (file, report) -> file.forEachField(field -> check.accept(field, report));
  }

  static FileCheck ofServices(BiConsumer<ServiceElement, Report> check) {
    return (file, report) -> file.services().forEach(service -> check.accept(service, report));
  }

  static FileCheck ofMethods(BiConsumer<MethodElement, Report> check) {
    return ofServices(
        (service, report) -> service.methods().forEach(method -> check.accept(method, report)));
  }

  static FileCheck ofImports(BiConsumer<ImportElement, Report> check) {
    return (file, report) -> file.imports().forEach(each -> check.accept(each, report));
  }
}
