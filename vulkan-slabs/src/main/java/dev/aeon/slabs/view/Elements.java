package dev.aeon.slabs.view;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The elements of a {@link VariantView}, one at a time: a load or a store, behind a check of each
 * index. An access as another element type or rank than the view's is an {@link
 * IllegalStateException}, one out of it an {@link IndexOutOfBoundsException}.
 */
abstract sealed class Elements permits VariantView {
  private static final ValueLayout.OfByte I8 = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort I16 =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble F64 =
      ValueLayout.JAVA_DOUBLE.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** From the first element to the end of the last. */
  final MemorySegment span;

  final ElementType elementType;

  // The rank and the first two axes again, so that an access follows no reference but the
  // segment's.
  private final int rank;
  private final long extent0;
  private final long extent1;
  private final long byteStride0;
  private final long byteStride1;

  Elements(MemorySegment span, ElementType elementType, ViewLayout layout) {
    this.span = span;
    this.elementType = elementType;
    this.rank = layout.rank();
    this.extent0 = layout.extent(0);
    this.byteStride0 = layout.stride(0) * elementType.byteSize();
    this.extent1 = rank > 1 ? layout.extent(1) : 0;
    this.byteStride1 = rank > 1 ? layout.stride(1) * elementType.byteSize() : 0;
  }

  /** The F32 at {@code i} of a view of rank 1. */
  public float getFloat(long i) {
    return span.get(F32, offset(ElementType.F32, Float.BYTES, i));
  }

  /** The F32 at {@code (i, j)} of a view of rank 2. */
  public float getFloat(long i, long j) {
    return span.get(F32, offset(ElementType.F32, Float.BYTES, i, j));
  }

  /** Writes the F32 at {@code i} of a view of rank 1. */
  public void setFloat(long i, float value) {
    span.set(F32, offset(ElementType.F32, Float.BYTES, i), value);
  }

  /** Writes the F32 at {@code (i, j)} of a view of rank 2. */
  public void setFloat(long i, long j, float value) {
    span.set(F32, offset(ElementType.F32, Float.BYTES, i, j), value);
  }

  /** The F64 at {@code i} of a view of rank 1. */
  public double getDouble(long i) {
    return span.get(F64, offset(ElementType.F64, Double.BYTES, i));
  }

  /** The F64 at {@code (i, j)} of a view of rank 2. */
  public double getDouble(long i, long j) {
    return span.get(F64, offset(ElementType.F64, Double.BYTES, i, j));
  }

  /** Writes the F64 at {@code i} of a view of rank 1. */
  public void setDouble(long i, double value) {
    span.set(F64, offset(ElementType.F64, Double.BYTES, i), value);
  }

  /** Writes the F64 at {@code (i, j)} of a view of rank 2. */
  public void setDouble(long i, long j, double value) {
    span.set(F64, offset(ElementType.F64, Double.BYTES, i, j), value);
  }

  /** The F16 at {@code i} of a view of rank 1. */
  public float getHalf(long i) {
    return Float.float16ToFloat(span.get(I16, offset(ElementType.F16, Short.BYTES, i)));
  }

  /** The F16 at {@code (i, j)} of a view of rank 2. */
  public float getHalf(long i, long j) {
    return Float.float16ToFloat(span.get(I16, offset(ElementType.F16, Short.BYTES, i, j)));
  }

  /** Writes the nearest F16 at {@code i} of a view of rank 1. */
  public void setHalf(long i, float value) {
    span.set(I16, offset(ElementType.F16, Short.BYTES, i), Float.floatToFloat16(value));
  }

  /** Writes the nearest F16 at {@code (i, j)} of a view of rank 2. */
  public void setHalf(long i, long j, float value) {
    span.set(I16, offset(ElementType.F16, Short.BYTES, i, j), Float.floatToFloat16(value));
  }

  /** The BF16 at {@code i} of a view of rank 1. */
  public float getBrainFloat(long i) {
    return BrainFloat.toFloat(span.get(I16, offset(ElementType.BF16, Short.BYTES, i)));
  }

  /** The BF16 at {@code (i, j)} of a view of rank 2. */
  public float getBrainFloat(long i, long j) {
    return BrainFloat.toFloat(span.get(I16, offset(ElementType.BF16, Short.BYTES, i, j)));
  }

  /** Writes the nearest BF16 at {@code i} of a view of rank 1. */
  public void setBrainFloat(long i, float value) {
    span.set(I16, offset(ElementType.BF16, Short.BYTES, i), BrainFloat.fromFloat(value));
  }

  /** Writes the nearest BF16 at {@code (i, j)} of a view of rank 2. */
  public void setBrainFloat(long i, long j, float value) {
    span.set(I16, offset(ElementType.BF16, Short.BYTES, i, j), BrainFloat.fromFloat(value));
  }

  /** The I8 at {@code i} of a view of rank 1. */
  public byte getByte(long i) {
    return span.get(I8, offset(ElementType.I8, Byte.BYTES, i));
  }

  /** The I8 at {@code (i, j)} of a view of rank 2. */
  public byte getByte(long i, long j) {
    return span.get(I8, offset(ElementType.I8, Byte.BYTES, i, j));
  }

  /** Writes the I8 at {@code i} of a view of rank 1. */
  public void setByte(long i, byte value) {
    span.set(I8, offset(ElementType.I8, Byte.BYTES, i), value);
  }

  /** Writes the I8 at {@code (i, j)} of a view of rank 2. */
  public void setByte(long i, long j, byte value) {
    span.set(I8, offset(ElementType.I8, Byte.BYTES, i, j), value);
  }

  /** The U8 at {@code i} of a view of rank 1, 0 to 255. */
  public int getUnsignedByte(long i) {
    return Byte.toUnsignedInt(span.get(I8, offset(ElementType.U8, Byte.BYTES, i)));
  }

  /** The U8 at {@code (i, j)} of a view of rank 2, 0 to 255. */
  public int getUnsignedByte(long i, long j) {
    return Byte.toUnsignedInt(span.get(I8, offset(ElementType.U8, Byte.BYTES, i, j)));
  }

  /** Writes the low 8 bits as the U8 at {@code i} of a view of rank 1. */
  public void setUnsignedByte(long i, int value) {
    span.set(I8, offset(ElementType.U8, Byte.BYTES, i), (byte) value);
  }

  /** Writes the low 8 bits as the U8 at {@code (i, j)} of a view of rank 2. */
  public void setUnsignedByte(long i, long j, int value) {
    span.set(I8, offset(ElementType.U8, Byte.BYTES, i, j), (byte) value);
  }

  /** The I16 at {@code i} of a view of rank 1. */
  public short getShort(long i) {
    return span.get(I16, offset(ElementType.I16, Short.BYTES, i));
  }

  /** The I16 at {@code (i, j)} of a view of rank 2. */
  public short getShort(long i, long j) {
    return span.get(I16, offset(ElementType.I16, Short.BYTES, i, j));
  }

  /** Writes the I16 at {@code i} of a view of rank 1. */
  public void setShort(long i, short value) {
    span.set(I16, offset(ElementType.I16, Short.BYTES, i), value);
  }

  /** Writes the I16 at {@code (i, j)} of a view of rank 2. */
  public void setShort(long i, long j, short value) {
    span.set(I16, offset(ElementType.I16, Short.BYTES, i, j), value);
  }

  /** The U16 at {@code i} of a view of rank 1, 0 to 65535. */
  public int getUnsignedShort(long i) {
    return Short.toUnsignedInt(span.get(I16, offset(ElementType.U16, Short.BYTES, i)));
  }

  /** The U16 at {@code (i, j)} of a view of rank 2, 0 to 65535. */
  public int getUnsignedShort(long i, long j) {
    return Short.toUnsignedInt(span.get(I16, offset(ElementType.U16, Short.BYTES, i, j)));
  }

  /** Writes the low 16 bits as the U16 at {@code i} of a view of rank 1. */
  public void setUnsignedShort(long i, int value) {
    span.set(I16, offset(ElementType.U16, Short.BYTES, i), (short) value);
  }

  /** Writes the low 16 bits as the U16 at {@code (i, j)} of a view of rank 2. */
  public void setUnsignedShort(long i, long j, int value) {
    span.set(I16, offset(ElementType.U16, Short.BYTES, i, j), (short) value);
  }

  /** The I32 at {@code i} of a view of rank 1. */
  public int getInt(long i) {
    return span.get(I32, offset(ElementType.I32, Integer.BYTES, i));
  }

  /** The I32 at {@code (i, j)} of a view of rank 2. */
  public int getInt(long i, long j) {
    return span.get(I32, offset(ElementType.I32, Integer.BYTES, i, j));
  }

  /** Writes the I32 at {@code i} of a view of rank 1. */
  public void setInt(long i, int value) {
    span.set(I32, offset(ElementType.I32, Integer.BYTES, i), value);
  }

  /** Writes the I32 at {@code (i, j)} of a view of rank 2. */
  public void setInt(long i, long j, int value) {
    span.set(I32, offset(ElementType.I32, Integer.BYTES, i, j), value);
  }

  /** The U32 at {@code i} of a view of rank 1, 0 to 2^32-1. */
  public long getUnsignedInt(long i) {
    return Integer.toUnsignedLong(span.get(I32, offset(ElementType.U32, Integer.BYTES, i)));
  }

  /** The U32 at {@code (i, j)} of a view of rank 2, 0 to 2^32-1. */
  public long getUnsignedInt(long i, long j) {
    return Integer.toUnsignedLong(span.get(I32, offset(ElementType.U32, Integer.BYTES, i, j)));
  }

  /** Writes the low 32 bits as the U32 at {@code i} of a view of rank 1. */
  public void setUnsignedInt(long i, long value) {
    span.set(I32, offset(ElementType.U32, Integer.BYTES, i), (int) value);
  }

  /** Writes the low 32 bits as the U32 at {@code (i, j)} of a view of rank 2. */
  public void setUnsignedInt(long i, long j, long value) {
    span.set(I32, offset(ElementType.U32, Integer.BYTES, i, j), (int) value);
  }

  /** The I64 at {@code i} of a view of rank 1. */
  public long getLong(long i) {
    return span.get(I64, offset(ElementType.I64, Long.BYTES, i));
  }

  /** The I64 at {@code (i, j)} of a view of rank 2. */
  public long getLong(long i, long j) {
    return span.get(I64, offset(ElementType.I64, Long.BYTES, i, j));
  }

  /** Writes the I64 at {@code i} of a view of rank 1. */
  public void setLong(long i, long value) {
    span.set(I64, offset(ElementType.I64, Long.BYTES, i), value);
  }

  /** Writes the I64 at {@code (i, j)} of a view of rank 2. */
  public void setLong(long i, long j, long value) {
    span.set(I64, offset(ElementType.I64, Long.BYTES, i, j), value);
  }

  /** The BOOL at {@code i} of a view of rank 1. */
  public boolean getBoolean(long i) {
    return span.get(I8, offset(ElementType.BOOL, Byte.BYTES, i)) != 0;
  }

  /** The BOOL at {@code (i, j)} of a view of rank 2. */
  public boolean getBoolean(long i, long j) {
    return span.get(I8, offset(ElementType.BOOL, Byte.BYTES, i, j)) != 0;
  }

  /** Writes the BOOL at {@code i} of a view of rank 1. */
  public void setBoolean(long i, boolean value) {
    span.set(I8, offset(ElementType.BOOL, Byte.BYTES, i), (byte) (value ? 1 : 0));
  }

  /** Writes the BOOL at {@code (i, j)} of a view of rank 2. */
  public void setBoolean(long i, long j, boolean value) {
    span.set(I8, offset(ElementType.BOOL, Byte.BYTES, i, j), (byte) (value ? 1 : 0));
  }

  /** With the size as a constant, the compiler makes vector instructions of a loop over a row. */
  private long offset(ElementType accessed, int byteSize, long i) {
    if (accessed != elementType || rank != 1) {
      throw otherView(accessed, 1);
    }
    long index = Objects.checkIndex(i, extent0);
    return byteStride0 == byteSize ? index * byteSize : index * byteStride0;
  }

  private long offset(ElementType accessed, int byteSize, long i, long j) {
    if (accessed != elementType || rank != 2) {
      throw otherView(accessed, 2);
    }
    long row = Objects.checkIndex(i, extent0) * byteStride0;
    long column = Objects.checkIndex(j, extent1);
    return row + (byteStride1 == byteSize ? column * byteSize : column * byteStride1);
  }

  private IllegalStateException otherView(ElementType accessed, int accessedRank) {
    return new IllegalStateException(
        "accessed as another view than it is: accessed=%s rank=%d view=%s"
            .formatted(accessed, accessedRank, this));
  }
}
