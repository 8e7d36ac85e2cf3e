package dev.aeon.slabs.view;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Typed elements in a slab, of rank 1 to 4, read and written in place. Where it lies is checked
 * once, when it is made; an index is checked at each access. Immutable, so any thread may hold it;
 * the elements are plain memory, and threads that share them synchronise elsewhere. After its slab
 * was closed, every access is an {@link IllegalStateException}. Data plane: access allocates
 * nothing.
 */
public final class VariantView extends Elements {
  private final @Nullable Slab slab;
  private final MemorySegment whole;
  private final long byteOffset;
  private final ViewLayout layout;

  private VariantView(
      @Nullable Slab slab,
      MemorySegment whole,
      ElementType elementType,
      long byteOffset,
      ViewLayout layout) {
    super(spanOf(whole, elementType, byteOffset, layout), elementType, layout);
    this.slab = slab;
    this.whole = whole;
    this.byteOffset = byteOffset;
    this.layout = layout;
  }

  /**
   * Views elements that follow each other without gaps, last axis fastest.
   *
   * @param byteOffset of the first element in the slab, a multiple of the element's size
   * @param shape 1 to 4 extents, each at least 1
   * @throws ViewLayoutException where that is misaligned, out of the slab, or no shape
   */
  public static VariantView of(Slab slab, ElementType elementType, long byteOffset, long... shape) {
    return in(slab, elementType, byteOffset, ViewLayout.contiguous(shape));
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
    return in(slab, elementType, byteOffset, ViewLayout.strided(shape, strides));
  }

  /**
   * Views elements that follow each other in memory of another owner, such as the record of a ring.
   *
   * @param memory native memory, whose first byte is aligned to 8 bytes
   * @param byteOffset of the first element in it, a multiple of the element's size
   * @param shape 1 to 4 extents, each at least 1
   * @throws ViewLayoutException where that is misaligned, out of the memory, or no shape
   */
  public static VariantView over(
      MemorySegment memory, ElementType elementType, long byteOffset, long... shape) {
    return over(memory, elementType, byteOffset, ViewLayout.contiguous(shape));
  }

  /**
   * Views what the header at an offset describes (see {@link VariantBuilder}).
   *
   * @param byteOffset of the header in the slab, a multiple of 8
   * @throws ViewHeaderException where there is no header, or it describes what is not in the slab
   */
  public static VariantView read(Slab slab, long byteOffset) {
    ViewHeader header = ViewHeader.read(slab.segment(), byteOffset, slab.byteSize() - byteOffset);
    return in(slab, header.elementType(), byteOffset + header.byteSize(), header.layout());
  }

  /**
   * Views what the header at an offset of another owner's memory describes.
   *
   * @param memory native memory, whose first byte is aligned to 8 bytes
   * @param byteOffset of the header, a multiple of 8
   * @param byteSize of header and elements, at the most
   * @throws ViewHeaderException where there is no header, or it describes what does not fit
   */
  public static VariantView read(MemorySegment memory, long byteOffset, long byteSize) {
    ViewHeader header = ViewHeader.read(memory, byteOffset, byteSize);
    return over(memory, header.elementType(), byteOffset + header.byteSize(), header.layout());
  }

  static VariantView in(Slab slab, ElementType type, long byteOffset, ViewLayout layout) {
    return new VariantView(slab, slab.segment(), type, byteOffset, layout);
  }

  static VariantView over(
      MemorySegment memory, ElementType type, long byteOffset, ViewLayout layout) {
    return new VariantView(null, memory, type, byteOffset, layout);
  }

  /**
   * The slab it lies in.
   *
   * @throws IllegalStateException where the view is over memory of another owner
   */
  public Slab slab() {
    if (slab == null) {
      throw new IllegalStateException("view lies in no slab: view=" + this);
    }
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

  /** Whether the elements follow each other without gaps, last axis fastest. */
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
    return at(elementType, offset, layout.narrowed(axis, count));
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
    long offset =
        byteOffset
            + Objects.checkIndex(index, extent(0)) * layout.stride(0) * elementType.byteSize();
    return at(elementType, offset, layout.dropped());
  }

  /**
   * The same elements with the axes in another order, over the same memory.
   *
   * @param axes each axis of this view once
   * @throws ViewLayoutException where they are not
   */
  public VariantView permuted(int... axes) {
    return at(elementType, byteOffset, layout.permuted(axes));
  }

  private VariantView at(ElementType type, long newByteOffset, ViewLayout newLayout) {
    return new VariantView(slab, whole, type, newByteOffset, newLayout);
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
    return at(newType, byteOffset, newLayout);
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

  /**
   * A copy of the bytes of a view of {@link ElementType#BYTES} or {@link ElementType#UTF8}.
   *
   * @throws IllegalStateException where it is another view, or not of rank 1
   */
  public byte[] copyBytes() {
    requireString();
    return span.toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * Writes all bytes of a view of {@link ElementType#BYTES} or {@link ElementType#UTF8}.
   *
   * @param bytes at most as many as the view has; zero bytes fill the rest
   * @throws ViewLayoutException where there are more
   */
  public void setBytes(byte[] bytes) {
    requireString();
    if (bytes.length > byteSize()) {
      throw new ViewLayoutException(
          "string is longer than the view: byteSize=%d view=%s".formatted(bytes.length, this));
    }
    MemorySegment.copy(bytes, 0, span, ValueLayout.JAVA_BYTE, 0, bytes.length);
    span.asSlice(bytes.length).fill((byte) 0);
  }

  /**
   * The text of a view of {@link ElementType#UTF8} of rank 1, up to the zero bytes at its end.
   *
   * @throws ViewContentException where the bytes are not UTF-8
   */
  public String text() {
    requireText();
    return Utf8.decode(copyBytes());
  }

  /**
   * Writes text into a view of {@link ElementType#UTF8} of rank 1; zero bytes fill the rest.
   *
   * @throws ViewLayoutException where its UTF-8 has more bytes than the view
   */
  public void setText(String text) {
    requireText();
    setBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void requireString() {
    boolean isString = elementType == ElementType.BYTES || elementType == ElementType.UTF8;
    if (!isString || rank() != 1 || !isContiguous()) {
      throw new IllegalStateException("view is no string: view=" + this);
    }
  }

  private void requireText() {
    if (elementType != ElementType.UTF8) {
      throw new IllegalStateException("view is no text: view=" + this);
    }
  }

  private void requireContiguous() {
    if (!isContiguous()) {
      throw new ViewLayoutException("view has gaps: " + this);
    }
  }

  private static MemorySegment spanOf(
      MemorySegment memory, ElementType elementType, long byteOffset, ViewLayout layout) {
    if (byteOffset < 0
        || byteOffset % elementType.byteSize() != 0
        || memory.maxByteAlignment() < elementType.byteSize()) {
      throw new ViewLayoutException(
          "byte offset is not a multiple of the element's size: byteOffset=%d elementType=%s"
              .formatted(byteOffset, elementType));
    }
    long byteSize = layout.spanByteSize(elementType);
    if (byteOffset > memory.byteSize() || byteSize > memory.byteSize() - byteOffset) {
      throw new ViewLayoutException(
          "view reaches beyond its memory: byteOffset=%d byteSize=%d memoryByteSize=%d"
              .formatted(byteOffset, byteSize, memory.byteSize()));
    }
    return memory.asSlice(byteOffset, byteSize);
  }

  @Override
  public String toString() {
    return "VariantView[%s %s byteOffset=%d]".formatted(elementType, layout, byteOffset);
  }
}
