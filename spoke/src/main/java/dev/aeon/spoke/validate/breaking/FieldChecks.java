package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.OneofElement;
import org.jspecify.annotations.Nullable;

/** The rules on fields that both images have, besides those on types and encodings. */
final class FieldChecks {
  private FieldChecks() {}

  static Check.PairCheck<FieldElement> sameCardinality(Cardinality.Group group) {
    return (current, previous, report) -> {
      if (current.isInMapEntry() && previous.isInMapEntry()) {
        return;
      }
      Cardinality before = Cardinality.of(previous);
      Cardinality now = Cardinality.of(current);
      if (group.of(before) != group.of(now)) {
        String message =
            "%s changed cardinality from \"%s\" to \"%s\"."
                .formatted(Descriptions.of(current), before, now);
        report.add(current.place(), current.file(), previous.place(), message);
      }
    };
  }

  static void sameJstype(FieldElement current, FieldElement previous, Report report) {
    var before = previous.proto().getOptions().getJstype();
    var now = current.proto().getOptions().getJstype();
    if (isLong(current) && isLong(previous) && before != now) {
      String message =
          "%s changed option \"jstype\" from \"%s\" to \"%s\"."
              .formatted(Descriptions.of(current), before, now);
      report.add(
          Places.first(current.jstypePlace(), current.place()),
          current.file(),
          Places.first(previous.jstypePlace(), previous.place()),
          message);
    }
  }

  private static boolean isLong(FieldElement field) {
    return switch (field.proto().getType()) {
      case TYPE_INT64, TYPE_SINT64, TYPE_UINT64, TYPE_FIXED64, TYPE_SFIXED64 -> true;
      default -> false;
    };
  }

  static void sameJsonName(FieldElement current, FieldElement previous, Report report) {
    String before = previous.proto().getJsonName();
    String now = current.proto().getJsonName();
    if (!previous.isExtension() && !before.equals(now)) {
      String message =
          "%s changed option \"json_name\" from \"%s\" to \"%s\"."
              .formatted(Descriptions.of(current), before, now);
      report.add(
          Places.first(current.jsonNamePlace(), current.place()),
          current.file(),
          Places.first(previous.jsonNamePlace(), previous.place()),
          message);
    }
  }

  static void sameName(FieldElement current, FieldElement previous, Report report) {
    boolean isExtension = previous.isExtension();
    String before = isExtension ? previous.fullName() : previous.name();
    String now = isExtension ? current.fullName() : current.name();
    if (!before.equals(now)) {
      String message =
          "%s changed name from \"%s\" to \"%s\"."
              .formatted(Descriptions.withoutName(current), before, now);
      report.add(current.namePlace(), current.file(), previous.namePlace(), message);
    }
  }

  static void sameDefault(FieldElement current, FieldElement previous, Report report) {
    if (!DefaultValue.canBeSet(current) || !DefaultValue.canBeSet(previous)) {
      return;
    }
    DefaultValue before = DefaultValue.of(previous, report.images().previousEnums());
    DefaultValue now = DefaultValue.of(current, report.images().currentEnums());
    if ((!before.isZero() || !now.isZero()) && !before.isSameAs(now)) {
      String message =
          "%s changed default value from %s to %s."
              .formatted(Descriptions.of(current), before, now);
      report.add(
          Places.first(current.defaultPlace(), current.place()),
          current.file(),
          Places.first(previous.defaultPlace(), previous.place()),
          message);
    }
  }

  static void sameOneof(FieldElement current, FieldElement previous, Report report) {
    OneofElement before = written(previous.oneof());
    OneofElement now = written(current.oneof());
    if (previous.isExtension() || (before == null && now == null)) {
      return;
    }
    if (before == null || now == null) {
      String message =
          "%s moved from %s to %s a oneof."
              .formatted(Descriptions.of(current), sideOf(before), sideOf(now));
      report.add(current.place(), current.file(), previous.place(), message);
    } else if (!before.name().equals(now.name())) {
      String message =
          "%s moved from oneof \"%s\" to oneof \"%s\"."
              .formatted(Descriptions.of(current), before.name(), now.name());
      report.add(current.place(), current.file(), previous.place(), message);
    }
  }

  private static @Nullable OneofElement written(@Nullable OneofElement oneof) {
    return oneof == null || oneof.isSynthetic() ? null : oneof;
  }

  private static String sideOf(@Nullable OneofElement oneof) {
    return oneof == null ? "outside" : "inside";
  }

  static void sameUtf8Validation(FieldElement current, FieldElement previous, Report report) {
    var before = previous.features().standard().getUtf8Validation();
    var now = current.features().standard().getUtf8Validation();
    if (areStrings(current, previous) && before != now) {
      String message =
          "%s changed UTF8 validation from %s to %s."
              .formatted(Descriptions.of(current), before, now);
      report.add(
          Places.first(current.utf8ValidationPlace(), current.place()),
          current.file(),
          Places.first(previous.utf8ValidationPlace(), previous.place()),
          message);
    }
  }

  static boolean areStrings(FieldElement current, FieldElement previous) {
    return current.kind() == FieldDescriptorProto.Type.TYPE_STRING
        && previous.kind() == FieldDescriptorProto.Type.TYPE_STRING;
  }
}
