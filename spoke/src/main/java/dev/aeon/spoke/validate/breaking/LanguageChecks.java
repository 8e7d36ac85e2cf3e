package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FeatureSet.Utf8Validation;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileOptions;
import dev.aeon.spoke.validate.image.Features;
import dev.aeon.spoke.validate.image.FieldElement;

/** The rules on how one language's code treats a field. */
final class LanguageChecks {
  private static final int JAVA_STRING_CHECK_UTF8_OPTION = 27;

  private LanguageChecks() {}

  private enum CppString {
    VIEW,
    CORD,
    STRING,
    STRING_PIECE
  }

  static void sameCppStringType(FieldElement current, FieldElement previous, Report report) {
    boolean areEntries = current.isInMapEntry() && previous.isInMapEntry();
    if (areEntries || !isText(current) || !isText(previous)) {
      return;
    }
    CppString before = cppString(previous);
    CppString now = cppString(current);
    boolean isHarmless = before == CppString.STRING_PIECE && now == CppString.STRING;
    if (before != now && !isHarmless) {
      String message =
          "%s changed C++ string type from \"%s\" to \"%s\"."
              .formatted(Descriptions.of(current), before, now);
      report.add(
          Places.first(current.ctypePlace(), current.cppStringTypePlace(), current.place()),
          current.file(),
          Places.first(previous.ctypePlace(), previous.cppStringTypePlace(), previous.place()),
          message);
    }
  }

  private static boolean isText(FieldElement field) {
    FieldDescriptorProto.Type kind = field.kind();
    return kind == FieldDescriptorProto.Type.TYPE_STRING
        || kind == FieldDescriptorProto.Type.TYPE_BYTES;
  }

  private static CppString cppString(FieldElement field) {
    FieldOptions options = field.proto().getOptions();
    boolean isBefore2024 =
        field.file().proto().getEdition().getNumber() < Edition.EDITION_2024_VALUE;
    if (isBefore2024 && options.hasCtype()) {
      return switch (options.getCtype()) {
        case CORD -> CppString.CORD;
        case STRING_PIECE -> CppString.STRING_PIECE;
        case STRING -> CppString.STRING;
      };
    }
    return switch (field.features().cppStringType()) {
      case Features.CPP_VIEW -> CppString.VIEW;
      case Features.CPP_CORD -> CppString.CORD;
      default -> CppString.STRING;
    };
  }

  static void sameJavaUtf8Validation(FieldElement current, FieldElement previous, Report report) {
    Utf8Validation before = javaUtf8Validation(previous);
    Utf8Validation now = javaUtf8Validation(current);
    if (FieldChecks.areStrings(current, previous) && before != now) {
      String message =
          "%s changed Java string UTF8 validation from \"%s\" to \"%s\"."
              .formatted(Descriptions.of(current), before, now);
      report.add(
          Places.first(
              current.file().optionPlace(JAVA_STRING_CHECK_UTF8_OPTION),
              current.javaUtf8ValidationPlace(),
              current.place()),
          current.file(),
          Places.first(
              previous.file().optionPlace(JAVA_STRING_CHECK_UTF8_OPTION),
              previous.javaUtf8ValidationPlace(),
              previous.place()),
          message);
    }
  }

  private static Utf8Validation javaUtf8Validation(FieldElement field) {
    FileOptions options = field.file().proto().getOptions();
    boolean isEdition = field.file().proto().getSyntax().equals("editions");
    boolean isVerified =
        (!isEdition || options.hasJavaStringCheckUtf8())
            ? options.getJavaStringCheckUtf8()
            : field.features().javaUtf8Validation() == Features.JAVA_VERIFY;
    return isVerified ? Utf8Validation.VERIFY : field.features().standard().getUtf8Validation();
  }
}
