package dev.aeon.slabs.view;

/** What the elements of a {@link VariantView} are, little-endian in memory. */
public enum ElementType {
  /** Unsigned 8-bit integer, or just a byte. */
  U8(Byte.BYTES),
  /** Signed 32-bit integer. */
  I32(Integer.BYTES),
  /** Signed 64-bit integer. */
  I64(Long.BYTES),
  /** IEEE 754 binary32. */
  F32(Float.BYTES),
  /** IEEE 754 binary64. */
  F64(Double.BYTES);

  private final int byteSize;

  ElementType(int byteSize) {
    this.byteSize = byteSize;
  }

  /** Size in bytes of one element; its address is a multiple of it. */
  public int byteSize() {
    return byteSize;
  }
}
