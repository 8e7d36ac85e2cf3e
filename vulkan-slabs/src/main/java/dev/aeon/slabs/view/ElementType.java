package dev.aeon.slabs.view;

/** What the elements of a {@link VariantView} are, little-endian in memory. */
public enum ElementType {
  /** Unsigned 8-bit integer. */
  U8(1, Byte.BYTES),
  /** Signed 8-bit integer. */
  I8(2, Byte.BYTES),
  /** Unsigned 16-bit integer. */
  U16(3, Short.BYTES),
  /** Signed 16-bit integer. */
  I16(4, Short.BYTES),
  /** Unsigned 32-bit integer. */
  U32(5, Integer.BYTES),
  /** Signed 32-bit integer. */
  I32(6, Integer.BYTES),
  /** Signed 64-bit integer. */
  I64(7, Long.BYTES),
  /** IEEE 754 binary16. */
  F16(8, Short.BYTES),
  /** The upper half of an IEEE 754 binary32: its exponent, and 7 bits of fraction. */
  BF16(9, Short.BYTES),
  /** IEEE 754 binary32. */
  F32(10, Float.BYTES),
  /** IEEE 754 binary64. */
  F64(11, Double.BYTES),
  /** One byte: 0 is false, all else is true. */
  BOOL(12, Byte.BYTES),
  /** A byte of a string of bytes, which is the view along its last axis. */
  BYTES(13, Byte.BYTES),
  /** A byte of UTF-8 text, which is the view along its last axis; zero bytes pad it at the end. */
  UTF8(14, Byte.BYTES);

  private static final ElementType[] BY_CODE = byCode();

  private final int code;
  private final int byteSize;

  ElementType(int code, int byteSize) {
    this.code = code;
    this.byteSize = byteSize;
  }

  /** Size in bytes of one element; its address is a multiple of it. */
  public int byteSize() {
    return byteSize;
  }

  /** What stands for the type in a {@link ViewHeader}, 1 to 255; never given to another. */
  int code() {
    return code;
  }

  /**
   * The type of a code.
   *
   * @throws ViewHeaderException where no type has it
   */
  static ElementType ofCode(int code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new ViewHeaderException("no element type has this code: code=" + code);
    }
    return BY_CODE[code - 1];
  }

  private static ElementType[] byCode() {
    ElementType[] types = new ElementType[values().length];
    for (ElementType type : values()) {
      types[type.code - 1] = type;
    }
    return types;
  }
}
