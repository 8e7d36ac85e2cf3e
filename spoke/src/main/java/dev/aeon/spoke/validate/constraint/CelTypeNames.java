package dev.aeon.spoke.validate.constraint;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;

/** The types that fields have in expressions. */
final class CelTypeNames {
  private CelTypeNames() {}

  /** The type of a field, a list or a map where it is one. */
  static CelType of(FieldDescriptor field) {
    if (field.isMapField()) {
      Descriptor entry = field.getMessageType();
      return MapType.create(ofItem(entry.getFields().get(0)), ofItem(entry.getFields().get(1)));
    }
    return field.isRepeated() ? ListType.create(ofItem(field)) : ofItem(field);
  }

  /** The type of a field, of each item where it is repeated. */
  static CelType ofItem(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case BOOLEAN -> SimpleType.BOOL;
      case BYTE_STRING -> SimpleType.BYTES;
      case STRING -> SimpleType.STRING;
      case FLOAT, DOUBLE -> SimpleType.DOUBLE;
      case ENUM -> SimpleType.INT;
      case INT, LONG -> isUnsigned(field) ? SimpleType.UINT : SimpleType.INT;
      case MESSAGE -> of(field.getMessageType());
    };
  }

  /** A message; well-known ones have types of their own. */
  static CelType of(Descriptor message) {
    String name = message.getFullName();
    return CelTypes.getWellKnownCelType(name).orElseGet(() -> StructTypeReference.create(name));
  }

  private static boolean isUnsigned(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT32, UINT64, FIXED32, FIXED64 -> true;
      default -> false;
    };
  }
}
