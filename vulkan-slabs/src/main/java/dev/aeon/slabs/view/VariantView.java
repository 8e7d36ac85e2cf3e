package dev.aeon.slabs.view;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Typed elements in a slab, of rank 1 to 4, read and written in place. Where it lies is checked
 * once, when it is made; an index is checked at each access. Immutable, so any thread may hold it;
 * the elements are plain memory, and threads that share them synchronise elsewhere. After its slab
 * was closed, every access is an {@link IllegalStateException}. Data plane: access allocates
 * nothing.
 */
public final class VariantView {
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble F64 =
      ValueLayout.JAVA_DOUBLE.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Slab slab;
  private final ElementType elementType;
  private final long byteOffset;
  private final ViewLayout layout;
  private final MemorySegment span;
  // The first two axes again, so that an access follows no reference but the segment's.
  private final long extent0;
  private final long extent1;
  private final long byteStride0;
  private final long byteStride1;

  private VariantView(Slab slab, ElementType elementType, long byteOffset, ViewLayout layout) {
    requireFits(slab, elementType, byteOffset, layout);
    this.slab = slab;
    this.elementType = elementType;
    this.byteOffset = byteOffset;
    this.layout = layout;
    this.span = slab.segment().asSlice(byteOffset, layout.spanByteSize(elementType));
    this.extent0 = layout.extent(0);
    this.byteStride0 = layout.stride(0) * elementType.byteSize();
    this.extent1 = layout.rank() > 1 ? layout.extent(1) : 0;
    this.byteStride1 = layout.rank() > 1 ? layout.stride(1) * elementType.byteSize() : 0;
  }

  /**
   * Views elements that follow each other without gaps, last axis fastest.
   *
   * @param byteOffset of the first element in the slab, a multiple of the element's size
   * @param shape 1 to 4 extents, each at least 1
   * @throws ViewLayoutException where that is misaligned, out of the slab, or no shape
   */
  public static VariantView of(Slab slab, ElementType elementType, long byteOffset, long... shape) {
    return new VariantView(slab, elementType, byteOffset, ViewLayout.contiguous(shape));
  }

  /**
   * Views elements with gaps.
   *
   * @param byteOffset of the first element in the slab, a multiple of the element's size
   * @param shape 1 to 4 extents, each at least 1
   * @param strides elements from one index to the next, per axis, each at least 1
   * @throws ViewLayoutException where that is misaligned, out of the slab, or no shape
   */
  public static VariantView strided(
      Slab slab, ElementType elementType, long byteOffset, long[] shape, long[] strides) {
    return new VariantView(slab, elementType, byteOffset, ViewLayout.strided(shape, strides));
  }

  /** The slab it lies in. */
  public Slab slab() {
    return slab;
  }

  /** What the elements are. */
  public ElementType elementType() {
    return elementType;
  }

  /** Offset in bytes of the first element in the slab. */
  public long byteOffset() {
    return byteOffset;
  }

  /** Bytes from the first element to the end of the last, gaps counted. */
  public long byteSize() {
    return span.byteSize();
  }

  /** Number of axes, 1 to 4. */
  public int rank() {
    return layout.rank();
  }

  /** Elements along an axis, from 0. */
  public long extent(int axis) {
    return layout.extent(Objects.checkIndex(axis, rank()));
  }

  /** Elements from one index of an axis to the next. */
  public long stride(int axis) {
    return layout.stride(Objects.checkIndex(axis, rank()));
  }

  /** A copy of the extents. */
  public long[] shape() {
    return layout.extents();
  }

  /** The product of the extents. */
  public long elementCount() {
    return layout.elementCount();
  }

  /** Whether the elements follow each other without gaps. */
  public boolean isContiguous() {
    return layout.isContiguous();
  }

  /**
   * The {@code count} elements from {@code from} along one axis, over the same memory.
   *
   * @throws IndexOutOfBoundsException where they are not all in this view
   */
  public VariantView slice(int axis, long from, long count) {
    Objects.checkFromIndexSize(from, count, extent(axis));
    long offset = byteOffset + from * layout.stride(axis) * elementType.byteSize();
    return new VariantView(slab, elementType, offset, layout.narrowed(axis, count));
  }

  /**
   * What lies at one index of the first axis, over the same memory, with one axis less.
   *
   * @throws ViewLayoutException where this view has but one axis
   */
  public VariantView row(long index) {
    if (rank() == 1) {
      throw new ViewLayoutException("a view of rank 1 has no rows: " + this);
    }
    long offset = byteOffset + Objects.checkIndex(index, extent0) * byteStride0;
    return new VariantView(slab, elementType, offset, layout.dropped());
  }

  /**
   * The same bytes as elements of another type and shape, or their beginning.
   *
   * @throws ViewLayoutException where this view has gaps, or the new one is larger or misaligned
   */
  public VariantView reinterpret(ElementType newType, long... newShape) {
    requireContiguous();
    ViewLayout newLayout = ViewLayout.contiguous(newShape);
    if (newLayout.spanByteSize(newType) > byteSize()) {
      throw new ViewLayoutException(
          "reinterpretation is larger than the view: elementType=%s %s byteSize=%d"
              .formatted(newType, newLayout, byteSize()));
    }
    return new VariantView(slab, newType, byteOffset, newLayout);
  }

  /**
   * The bytes of the view, for bulk copies.
   *
   * @throws ViewLayoutException where the view has gaps
   */
  public MemorySegment asSegment() {
    requireContiguous();
    return span;
  }

  /** The F32 at {@code i} of a view of rank 1. */
  public float getFloat(long i) {
    return span.get(F32, offset(ElementType.F32, i));
  }

  /** The F32 at {@code (i, j)} of a view of rank 2. */
  public float getFloat(long i, long j) {
    return span.get(F32, offset(ElementType.F32, i, j));
  }

  /** Writes the F32 at {@code i} of a view of rank 1. */
  public void setFloat(long i, float value) {
    span.set(F32, offset(ElementType.F32, i), value);
  }

  /** Writes the F32 at {@code (i, j)} of a view of rank 2. */
  public void setFloat(long i, long j, float value) {
    span.set(F32, offset(ElementType.F32, i, j), value);
  }

  /** The F64 at {@code i} of a view of rank 1. */
  public double getDouble(long i) {
    return span.get(F64, offset(ElementType.F64, i));
  }

  /** The F64 at {@code (i, j)} of a view of rank 2. */
  public double getDouble(long i, long j) {
    return span.get(F64, offset(ElementType.F64, i, j));
  }

  /** Writes the F64 at {@code i} of a view of rank 1. */
  public void setDouble(long i, double value) {
    span.set(F64, offset(ElementType.F64, i), value);
  }

  /** Writes the F64 at {@code (i, j)} of a view of rank 2. */
  public void setDouble(long i, long j, double value) {
    span.set(F64, offset(ElementType.F64, i, j), value);
  }

  /** The I32 at {@code i} of a view of rank 1. */
  public int getInt(long i) {
    return span.get(I32, offset(ElementType.I32, i));
  }

  /** The I32 at {@code (i, j)} of a view of rank 2. */
  public int getInt(long i, long j) {
    return span.get(I32, offset(ElementType.I32, i, j));
  }

  /** Writes the I32 at {@code i} of a view of rank 1. */
  public void setInt(long i, int value) {
    span.set(I32, offset(ElementType.I32, i), value);
  }

  /** Writes the I32 at {@code (i, j)} of a view of rank 2. */
  public void setInt(long i, long j, int value) {
    span.set(I32, offset(ElementType.I32, i, j), value);
  }

  /** The I64 at {@code i} of a view of rank 1. */
  public long getLong(long i) {
    return span.get(I64, offset(ElementType.I64, i));
  }

  /** The I64 at {@code (i, j)} of a view of rank 2. */
  public long getLong(long i, long j) {
    return span.get(I64, offset(ElementType.I64, i, j));
  }

  /** Writes the I64 at {@code i} of a view of rank 1. */
  public void setLong(long i, long value) {
    span.set(I64, offset(ElementType.I64, i), value);
  }

  /** Writes the I64 at {@code (i, j)} of a view of rank 2. */
  public void setLong(long i, long j, long value) {
    span.set(I64, offset(ElementType.I64, i, j), value);
  }

  /** The U8 at {@code i} of a view of rank 1, 0 to 255. */
  public int getUnsignedByte(long i) {
    return Byte.toUnsignedInt(span.get(ValueLayout.JAVA_BYTE, offset(ElementType.U8, i)));
  }

  /** Writes the low 8 bits of {@code value} as the U8 at {@code i} of a view of rank 1. */
  public void setUnsignedByte(long i, int value) {
    span.set(ValueLayout.JAVA_BYTE, offset(ElementType.U8, i), (byte) value);
  }

  private long offset(ElementType accessed, long i) {
    requireAccess(accessed, 1);
    return Objects.checkIndex(i, extent0) * byteStride0;
  }

  private long offset(ElementType accessed, long i, long j) {
    requireAccess(accessed, 2);
    return Objects.checkIndex(i, extent0) * byteStride0
        + Objects.checkIndex(j, extent1) * byteStride1;
  }

  private void requireAccess(ElementType accessed, int rank) {
    if (accessed != elementType || rank != rank()) {
      throw new IllegalStateException(
          "accessed as another view than it is: accessed=%s rank=%d view=%s"
              .formatted(accessed, rank, this));
    }
  }

  private void requireContiguous() {
    if (!isContiguous()) {
      throw new ViewLayoutException("view has gaps: " + this);
    }
  }

  private static void requireFits(
      Slab slab, ElementType elementType, long byteOffset, ViewLayout layout) {
    if (byteOffset < 0 || byteOffset % elementType.byteSize() != 0) {
      throw new ViewLayoutException(
          "byte offset is not a multiple of the element's size: byteOffset=%d elementType=%s"
              .formatted(byteOffset, elementType));
    }
    long byteSize = layout.spanByteSize(elementType);
    if (byteOffset > slab.byteSize() || byteSize > slab.byteSize() - byteOffset) {
      throw new ViewLayoutException(
          "view reaches beyond its slab: byteOffset=%d byteSize=%d slabByteSize=%d"
              .formatted(byteOffset, byteSize, slab.byteSize()));
    }
  }

  @Override
  public String toString() {
    return "VariantView[%s %s byteOffset=%d]".formatted(elementType, layout, byteOffset);
  }
}
