package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.EnumValueElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.ImportElement;

/** The rules on enums, fields, imports and syntax that are not about names. */
final class EnumAndFieldChecks {
  private EnumAndFieldChecks() {}

  static void enumNoAllowAlias(EnumElement element, Report report) {
    if (element.proto().getOptions().getAllowAlias()) {
      String message =
          "Enum option \"allow_alias\" on enum \"%s\" must be false.".formatted(element.name());
      report.add(element.allowAliasPlace(), element.file(), message);
    }
  }

  static void enumFirstValueZero(EnumElement element, Report report) {
    if (element.values().isEmpty()) {
      return;
    }
    EnumValueElement first = element.values().getFirst();
    if (first.number() != 0) {
      String message =
          "First enum value \"%s\" should have a numeric value of 0".formatted(first.name());
      report.add(first.numberPlace(), first.file(), message);
    }
  }

  static void fieldNotRequired(FieldElement field, Report report) {
    if (field.isRequired()) {
      String message = "Field named \"%s\" should not be required.".formatted(field.name());
      report.add(field.namePlace(), field.file(), message);
    }
  }

  static void importNoPublic(ImportElement each, Report report) {
    if (each.isPublic()) {
      String message = "Import \"%s\" must not be public.".formatted(each.path());
      report.add(each.place(), each.file(), message);
    }
  }

  static void importUsed(ImportElement each, Report report) {
    if (each.isUnused()) {
      String message = "Import \"%s\" is unused.".formatted(each.path());
      report.add(each.place(), each.file(), message);
    }
  }

  static void syntaxSpecified(ImageFile file, Report report) {
    if (file.isSyntaxUnspecified()) {
      report.add(
          null,
          file,
          "Files must have a syntax explicitly specified. If no syntax is specified, the file defaults to \"proto2\".");
    }
  }
}
