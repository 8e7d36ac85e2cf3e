package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** How the value of a field lies in a record, and what it is in Java. */
enum FieldKind {
  INT("int", "int", "I32", Integer.BYTES),
  LONG("long", "long", "I64", Long.BYTES),
  FLOAT("float", "float", "F32", Float.BYTES),
  DOUBLE("double", "double", "F64", Double.BYTES),
  BOOLEAN("boolean", "boolean", "BOOL", Byte.BYTES),
  ENUM("int", "int", "I32", Integer.BYTES),
  TEXT("String", "text", "", 0),
  BYTES("byte[]", "bytes", "", 0),
  MESSAGE("", "", "", 0);

  /** Bytes before a string or a row: its length or count. */
  static final int COUNT_BYTES = Integer.BYTES;

  private final String javaType;
  private final String accessor;
  private final String elementType;
  private final int byteSize;

  FieldKind(String javaType, String accessor, String elementType, int byteSize) {
    this.javaType = javaType;
    this.accessor = accessor;
    this.elementType = elementType;
    this.byteSize = byteSize;
  }

  static FieldKind of(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> INT;
      case LONG -> LONG;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case ENUM -> ENUM;
      case STRING -> TEXT;
      case BYTE_STRING -> BYTES;
      case MESSAGE -> MESSAGE;
    };
  }

  /** What a getter returns. */
  String javaType() {
    return javaType;
  }

  /** What the accessors of {@code SlabRecord} are called: {@code <this>At}, {@code set<This>At}. */
  String accessor() {
    return accessor;
  }

  /** The element type of a view over a row of such values, empty where there is none. */
  String elementType() {
    return elementType;
  }

  /** Size of a number or boolean in bytes, else 0. */
  int byteSize() {
    return byteSize;
  }

  boolean isString() {
    return this == TEXT || this == BYTES;
  }
}
