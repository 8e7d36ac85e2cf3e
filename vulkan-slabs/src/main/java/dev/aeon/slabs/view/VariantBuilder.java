package dev.aeon.slabs.view;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/**
 * Lays out a view that says itself what it is: a header, then the elements, so that a receiver
 * reads it by {@link VariantView#read} without having been told. Immutable; may lay out many.
 *
 * <pre>{@code
 * VariantBuilder matrix = VariantBuilder.of(ElementType.F32, 2, 3);
 * VariantView view = matrix.build(slab, 0);   // needs matrix.byteSize() bytes
 * view.setFloat(1, 2, 0.5f);
 * VariantView same = VariantView.read(slab, 0);
 * }</pre>
 */
public final class VariantBuilder {
  private final ViewHeader header;

  private VariantBuilder(ElementType elementType, ViewLayout layout) {
    this.header = new ViewHeader(elementType, layout.requireCountable(elementType));
  }

  /**
   * Elements that follow each other without gaps, last axis fastest.
   *
   * @param shape 1 to 4 extents, each at least 1
   * @throws ViewLayoutException where it is no shape
   */
  public static VariantBuilder of(ElementType elementType, long... shape) {
    return new VariantBuilder(elementType, ViewLayout.contiguous(shape));
  }

  /**
   * Elements with gaps.
   *
   * @param shape 1 to 4 extents, each at least 1
   * @param strides elements from one index to the next, per axis, each at least 1
   * @throws ViewLayoutException where these are no shape and strides
   */
  public static VariantBuilder strided(ElementType elementType, long[] shape, long[] strides) {
    return new VariantBuilder(elementType, ViewLayout.strided(shape, strides));
  }

  /** Bytes of header and elements together. */
  public long byteSize() {
    return header.byteSize() + elementByteSize();
  }

  /** Bytes of the elements, with their gaps. */
  public long elementByteSize() {
    return header.layout().spanByteSize(header.elementType());
  }

  /**
   * Writes the header and views the elements, which are whatever was there.
   *
   * @param byteOffset of the header, a multiple of 8
   * @throws ViewLayoutException where that is misaligned or there is no room
   */
  public VariantView build(Slab slab, long byteOffset) {
    writeHeader(slab.segment(), byteOffset);
    return VariantView.in(
        slab, header.elementType(), byteOffset + header.byteSize(), header.layout());
  }

  /**
   * As {@link #build(Slab, long)}, in memory of another owner such as a ring.
   *
   * @param memory native memory, whose first byte is aligned to 8 bytes
   */
  public VariantView build(MemorySegment memory, long byteOffset) {
    writeHeader(memory, byteOffset);
    return VariantView.over(
        memory, header.elementType(), byteOffset + header.byteSize(), header.layout());
  }

  private void writeHeader(MemorySegment memory, long byteOffset) {
    if (byteOffset < 0
        || byteOffset % ViewHeader.ALIGNMENT_BYTES != 0
        || memory.maxByteAlignment() < ViewHeader.ALIGNMENT_BYTES
        || byteOffset > memory.byteSize() - byteSize()) {
      throw new ViewLayoutException(
          "no aligned room for header and elements: byteOffset=%d byteSize=%d memoryByteSize=%d"
              .formatted(byteOffset, byteSize(), memory.byteSize()));
    }
    header.write(memory, byteOffset);
  }

  @Override
  public String toString() {
    return "VariantBuilder[%s %s]".formatted(header.elementType(), header.layout());
  }
}
