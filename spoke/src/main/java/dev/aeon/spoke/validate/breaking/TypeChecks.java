package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.EnumValueElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules on a field's type: the very same, or one that reads the same bytes or JSON. */
final class TypeChecks {
  private static final String UPDATING =
      " See https://developers.google.com/protocol-buffers/docs/proto3#updating for wire compatibility rules";
  private static final String WIRE_ADVICE = UPDATING + ".";
  private static final String JSON_ADVICE =
      UPDATING
          + " and https://developers.google.com/protocol-buffers/docs/proto3#json for JSON compatibility rules.";
  private static final String BYTES_TO_STRING_ADVICE =
      " Note that while string and bytes are compatible if the data is valid UTF-8, there is no way to enforce that a bytes field is UTF-8, so these fields may be incompatible.";

  private TypeChecks() {}

  static void sameType(FieldElement current, FieldElement previous, Report report) {
    if (current.kind() != previous.kind()) {
      reportKind(current, previous, "", report);
    } else if (!current.typeName().equals(previous.typeName())) {
      reportName(current, previous, report);
    }
  }

  static void wireCompatibleType(FieldElement current, FieldElement previous, Report report) {
    FieldDescriptorProto.Type before = previous.kind();
    FieldDescriptorProto.Type now = current.kind();
    if (wireGroup(before) == wireGroup(now)) {
      sameNamedType(current, previous, report);
    } else if (before == FieldDescriptorProto.Type.TYPE_BYTES
        && now == FieldDescriptorProto.Type.TYPE_STRING) {
      reportKind(current, previous, WIRE_ADVICE + BYTES_TO_STRING_ADVICE, report);
    } else if (before != FieldDescriptorProto.Type.TYPE_STRING
        || now != FieldDescriptorProto.Type.TYPE_BYTES) {
      reportKind(current, previous, WIRE_ADVICE, report);
    }
  }

  static void wireJsonCompatibleType(FieldElement current, FieldElement previous, Report report) {
    if (wireJsonGroup(current.kind()) == wireJsonGroup(previous.kind())) {
      sameNamedType(current, previous, report);
    } else {
      reportKind(current, previous, JSON_ADVICE, report);
    }
  }

  private static void sameNamedType(FieldElement current, FieldElement previous, Report report) {
    if (current.typeName().equals(previous.typeName())) {
      return;
    }
    boolean isEnum = current.kind() == FieldDescriptorProto.Type.TYPE_ENUM;
    if (!isEnum || !isGrownEnum(current, previous, report)) {
      reportName(current, previous, report);
    }
  }

  /** Whether the enum moved to another scope, with the values that it had and maybe more. */
  private static boolean isGrownEnum(FieldElement current, FieldElement previous, Report report) {
    EnumElement before = report.images().previousEnums().get(previous.typeName());
    EnumElement now = report.images().currentEnums().get(current.typeName());
    return before != null
        && now != null
        && before.name().equals(now.name())
        && before.values().stream().allMatch(value -> hasValue(now, value));
  }

  private static boolean hasValue(EnumElement element, EnumValueElement wanted) {
    return element.values().stream()
        .anyMatch(value -> value.name().equals(wanted.name()) && value.number() == wanted.number());
  }

  private static final Map<FieldDescriptorProto.Type, FieldDescriptorProto.Type> WIRE_GROUPS =
      Map.of(
          FieldDescriptorProto.Type.TYPE_INT64, FieldDescriptorProto.Type.TYPE_INT32,
          FieldDescriptorProto.Type.TYPE_UINT32, FieldDescriptorProto.Type.TYPE_INT32,
          FieldDescriptorProto.Type.TYPE_UINT64, FieldDescriptorProto.Type.TYPE_INT32,
          FieldDescriptorProto.Type.TYPE_BOOL, FieldDescriptorProto.Type.TYPE_INT32,
          FieldDescriptorProto.Type.TYPE_SINT64, FieldDescriptorProto.Type.TYPE_SINT32,
          FieldDescriptorProto.Type.TYPE_SFIXED32, FieldDescriptorProto.Type.TYPE_FIXED32,
          FieldDescriptorProto.Type.TYPE_SFIXED64, FieldDescriptorProto.Type.TYPE_FIXED64);

  private static final Map<FieldDescriptorProto.Type, FieldDescriptorProto.Type> JSON_GROUPS =
      Map.of(
          FieldDescriptorProto.Type.TYPE_UINT32, FieldDescriptorProto.Type.TYPE_INT32,
          FieldDescriptorProto.Type.TYPE_UINT64, FieldDescriptorProto.Type.TYPE_INT64,
          FieldDescriptorProto.Type.TYPE_SFIXED32, FieldDescriptorProto.Type.TYPE_FIXED32,
          FieldDescriptorProto.Type.TYPE_SFIXED64, FieldDescriptorProto.Type.TYPE_FIXED64);

  /** One type that stands for all that are read alike on the wire. */
  private static FieldDescriptorProto.Type wireGroup(FieldDescriptorProto.Type type) {
    return WIRE_GROUPS.getOrDefault(type, type);
  }

  /** One type that stands for all that are read alike on the wire and in JSON. */
  private static FieldDescriptorProto.Type wireJsonGroup(FieldDescriptorProto.Type type) {
    return JSON_GROUPS.getOrDefault(type, type);
  }

  private static void reportKind(
      FieldElement current, FieldElement previous, String advice, Report report) {
    String message =
        "%s changed type from \"%s\" to \"%s\".%s"
            .formatted(
                Descriptions.of(current),
                Descriptions.type(previous),
                Descriptions.type(current),
                advice);
    report.add(typePlace(current), current.file(), typePlace(previous), message);
  }

  private static @Nullable Place typePlace(FieldElement field) {
    boolean isNamed =
        field.isMessage() || field.proto().getType() == FieldDescriptorProto.Type.TYPE_ENUM;
    return isNamed ? field.typeNamePlace() : field.typePlace();
  }

  private static void reportName(FieldElement current, FieldElement previous, Report report) {
    String message =
        "%s changed type from \"%s\" to \"%s\"."
            .formatted(Descriptions.of(current), previous.typeName(), current.typeName());
    report.add(current.typeNamePlace(), current.file(), previous.typeNamePlace(), message);
  }
}
