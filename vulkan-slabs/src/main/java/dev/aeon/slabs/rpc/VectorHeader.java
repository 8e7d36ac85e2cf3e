package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantView;
import dev.aeon.slabs.view.ViewLayoutException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How a vector describes itself in front of its elements.
 *
 * <pre>
 *    0             1      2          8         16        24        32        40
 *   +-------------+------+----------+---------+---------+---------+---------+---------
 *   | elementType | rank | 0        | extent0 | extent1 | extent2 | extent3 | elements
 *   +-------------+------+----------+---------+---------+---------+---------+---------
 * </pre>
 */
final class VectorHeader {
  static final int BYTES = 40;

  private static final int MAX_RANK = 4;
  private static final ElementType[] TYPES = ElementType.values();
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private VectorHeader() {}

  /** Describes a vector there and gives the view of its elements, yet to be written. */
  @SuppressWarnings("EnumOrdinal") // the order of the types is part of the format
  static VariantView begin(Slab slab, long byteOffset, ElementType type, long... shape) {
    MemorySegment segment = slab.segment();
    segment.set(I64, byteOffset, type.ordinal() | (long) shape.length << 8);
    for (int axis = 0; axis < MAX_RANK; axis++) {
      long extent = axis < shape.length ? shape[axis] : 0;
      segment.set(I64, byteOffset + Long.BYTES * (axis + 1L), extent);
    }
    return VariantView.of(slab, type, byteOffset + BYTES, shape);
  }

  /**
   * The view of the vector there.
   *
   * @throws FrameException where the description is none, or says more than there is
   */
  static VariantView read(Slab slab, long byteOffset, long byteSize) {
    if (byteSize < BYTES) {
      throw new FrameException("vector is shorter than its header: byteSize=" + byteSize);
    }
    long word = slab.segment().get(I64, byteOffset);
    long[] shape = readShape(slab.segment(), byteOffset, rank(word));
    VariantView view = view(slab, type(word), byteOffset + BYTES, shape);
    if (view.byteSize() > byteSize - BYTES) {
      throw new FrameException("vector is longer than its frame: " + view);
    }
    return view;
  }

  private static VariantView view(Slab slab, ElementType type, long byteOffset, long[] shape) {
    try {
      return VariantView.of(slab, type, byteOffset, shape);
    } catch (ViewLayoutException impossible) {
      throw new FrameException("vector has no possible shape: " + impossible.getMessage());
    }
  }

  private static ElementType type(long word) {
    int code = (int) (word & 0xff);
    if (code >= TYPES.length) {
      throw new FrameException("vector is of no known element type: code=" + code);
    }
    return TYPES[code];
  }

  private static int rank(long word) {
    int rank = (int) (word >>> 8 & 0xff);
    if (rank < 1 || rank > MAX_RANK || word >>> 16 != 0) {
      throw new FrameException("vector header is malformed: word=0x%016x".formatted(word));
    }
    return rank;
  }

  private static long[] readShape(MemorySegment segment, long byteOffset, int rank) {
    long[] shape = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = segment.get(I64, byteOffset + Long.BYTES * (axis + 1L));
    }
    return shape;
  }
}
