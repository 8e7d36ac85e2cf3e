package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.Element;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.EnumValueElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.MethodElement;
import dev.aeon.spoke.validate.image.OneofElement;
import dev.aeon.spoke.validate.image.ServiceElement;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules on how things are named. */
final class NameChecks {
  private static final Pattern UNDERSCORES_AROUND = Pattern.compile("^_+|_+$");

  private NameChecks() {}

  static void enumPascalCase(EnumElement element, Report report) {
    pascalCase(element, "Enum", report);
  }

  static void messagePascalCase(MessageElement message, Report report) {
    if (!message.isMapEntry()) {
      pascalCase(message, "Message", report);
    }
  }

  static void servicePascalCase(ServiceElement service, Report report) {
    pascalCase(service, "Service", report);
  }

  static void methodPascalCase(MethodElement method, Report report) {
    pascalCase(method, "RPC", report);
  }

  private static void pascalCase(Element element, String kind, Report report) {
    should(element, kind, "PascalCase", Names.pascalCase(element.name()), report);
  }

  static void enumValueUpperSnakeCase(EnumValueElement value, Report report) {
    String expected = Names.upperSnakeCase(value.name());
    should(value, "Enum value", "UPPER_SNAKE_CASE", expected, report);
  }

  static void fieldLowerSnakeCase(FieldElement field, Report report) {
    if (!field.isInMapEntry()) {
      String expected = Names.lowerSnakeCase(field.name());
      should(field, "Field", "lower_snake_case", expected, report);
    }
  }

  static void oneofLowerSnakeCase(OneofElement oneof, Report report) {
    if (!oneof.isSynthetic()) {
      String expected = Names.lowerSnakeCase(oneof.name());
      should(oneof, "Oneof", "lower_snake_case", expected, report);
    }
  }

  private static void should(
      Element element, String kind, String style, String expected, Report report) {
    if (!expected.equals(element.name())) {
      String message =
          "%s name \"%s\" should be %s, such as \"%s\"."
              .formatted(kind, element.name(), style, expected);
      report.add(element.namePlace(), element.file(), message);
    }
  }

  static void enumValuePrefix(EnumValueElement value, Report report) {
    String prefix = Names.upperSnakeCase(value.enumElement().name()) + "_";
    if (!value.name().startsWith(prefix)) {
      String message =
          "Enum value name \"%s\" should be prefixed with \"%s\".".formatted(value.name(), prefix);
      report.add(value.namePlace(), value.file(), message);
    }
  }

  static void enumZeroValueSuffix(EnumValueElement value, Report report) {
    String suffix = report.config().enumZeroValueSuffix();
    if (value.number() == 0 && !value.name().endsWith(suffix)) {
      String message =
          "Enum zero value name \"%s\" should be suffixed with \"%s\"."
              .formatted(value.name(), suffix);
      report.add(value.namePlace(), value.file(), message);
    }
  }

  static void serviceSuffix(ServiceElement service, Report report) {
    String suffix = report.config().serviceSuffix();
    if (!service.name().endsWith(suffix)) {
      String message =
          "Service name \"%s\" should be suffixed with \"%s\".".formatted(service.name(), suffix);
      report.add(service.namePlace(), service.file(), message);
    }
  }

  static void fieldNoDescriptor(FieldElement field, Report report) {
    String bare = UNDERSCORES_AROUND.matcher(field.name()).replaceAll("");
    if (bare.toLowerCase(Locale.ROOT).equals("descriptor")) {
      String message =
          "Field name \"%s\" cannot be any capitalization of \"descriptor\" with any number of prefix or suffix underscores."
              .formatted(field.name());
      report.add(field.namePlace(), field.file(), message);
    }
  }

  static void fileLowerSnakeCase(ImageFile file, Report report) {
    String base = file.path().substring(file.path().lastIndexOf('/') + 1);
    int dot = base.lastIndexOf('.');
    String stem = dot < 0 ? base : base.substring(0, dot);
    String extension = base.substring(stem.length());
    String expected = Names.lowerSnakeCase(stem);
    if (!stem.equals(expected)) {
      String message =
          "Filename \"%s\" should be lower_snake_case%s, such as \"%s%s\"."
              .formatted(base, extension, expected, extension);
      report.add(null, file, message);
    }
  }
}
