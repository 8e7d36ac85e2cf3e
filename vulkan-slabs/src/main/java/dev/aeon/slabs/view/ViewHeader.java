package dev.aeon.slabs.view;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What a receiver must know of a view, in the bytes before its first element, little-endian:
 *
 * <pre>
 *   0        4         5      6      7          8          16             16+8·rank      16+16·rank
 *   +--------+---------+------+------+----------+----------+--------------+--------------+---------
 *   | "AVV1" | element | rank | zero | zero     | byteSize | extents i64… | strides i64… | elements
 *   +--------+---------+------+------+----------+----------+--------------+--------------+---------
 * </pre>
 *
 * {@code byteSize} is that of the elements with their gaps. What others wrote is checked before
 * anything is made of it.
 */
record ViewHeader(ElementType elementType, ViewLayout layout) {
  static final int ALIGNMENT_BYTES = 8;

  private static final int MAGIC = 'A' | 'V' << 8 | 'V' << 16 | '1' << 24;
  private static final int ELEMENT_TYPE_OFFSET = 4;
  private static final int RANK_OFFSET = 5;
  private static final int ZERO_OFFSET = 6;
  private static final int BYTE_SIZE_OFFSET = 8;
  private static final int AXES_OFFSET = 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Bytes from the header's first to the first element. */
  long byteSize() {
    return byteSizeOf(layout.rank());
  }

  private static long byteSizeOf(int rank) {
    return AXES_OFFSET + 2L * Long.BYTES * rank;
  }

  /** Writes the header; that there is room is the caller's to check. */
  void write(MemorySegment memory, long byteOffset) {
    memory.set(INT, byteOffset, MAGIC);
    memory.set(ValueLayout.JAVA_BYTE, byteOffset + ELEMENT_TYPE_OFFSET, (byte) elementType.code());
    memory.set(ValueLayout.JAVA_BYTE, byteOffset + RANK_OFFSET, (byte) layout.rank());
    memory.set(ValueLayout.JAVA_SHORT, byteOffset + ZERO_OFFSET, (short) 0);
    memory.set(LONG, byteOffset + BYTE_SIZE_OFFSET, layout.spanByteSize(elementType));
    for (int axis = 0; axis < layout.rank(); axis++) {
      memory.set(LONG, extentOffset(byteOffset, axis), layout.extent(axis));
      memory.set(LONG, strideOffset(byteOffset, layout.rank(), axis), layout.stride(axis));
    }
  }

  /**
   * Reads and checks a header.
   *
   * @param byteSize of header and elements at the most
   */
  static ViewHeader read(MemorySegment memory, long byteOffset, long byteSize) {
    requireRoom(memory, byteOffset, byteSize);
    requireMagic(memory, byteOffset);
    int rank = memory.get(ValueLayout.JAVA_BYTE, byteOffset + RANK_OFFSET);
    if (rank < 1 || rank > ViewLayout.MAX_RANK || byteSize < byteSizeOf(rank)) {
      throw new ViewHeaderException(
          "rank does not fit: rank=%d byteSize=%d".formatted(rank, byteSize));
    }
    int code = memory.get(ValueLayout.JAVA_BYTE, byteOffset + ELEMENT_TYPE_OFFSET);
    ViewHeader header =
        new ViewHeader(ElementType.ofCode(code), readLayout(memory, byteOffset, rank));
    header.requireElements(
        memory.get(LONG, byteOffset + BYTE_SIZE_OFFSET), byteSize - byteSizeOf(rank));
    return header;
  }

  private static void requireRoom(MemorySegment memory, long byteOffset, long byteSize) {
    if (byteOffset < 0
        || byteOffset % ALIGNMENT_BYTES != 0
        || memory.maxByteAlignment() < ALIGNMENT_BYTES
        || byteSize < AXES_OFFSET
        || byteOffset > memory.byteSize() - byteSize) {
      throw new ViewHeaderException(
          "no aligned room for one: byteOffset=%d byteSize=%d memoryByteSize=%d"
              .formatted(byteOffset, byteSize, memory.byteSize()));
    }
  }

  private static void requireMagic(MemorySegment memory, long byteOffset) {
    int found = memory.get(INT, byteOffset);
    short zero = memory.get(ValueLayout.JAVA_SHORT, byteOffset + ZERO_OFFSET);
    if (found != MAGIC || zero != 0) {
      throw new ViewHeaderException(
          "it does not begin as one: byteOffset=%d found=%08x zero=%d"
              .formatted(byteOffset, found, zero));
    }
  }

  private static ViewLayout readLayout(MemorySegment memory, long byteOffset, int rank) {
    long[] extents = new long[rank];
    long[] strides = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      extents[axis] = memory.get(LONG, extentOffset(byteOffset, axis));
      strides[axis] = memory.get(LONG, strideOffset(byteOffset, rank, axis));
    }
    try {
      return ViewLayout.strided(extents, strides);
    } catch (ViewLayoutException impossible) {
      throw new ViewHeaderException(String.valueOf(impossible.getMessage()), impossible);
    }
  }

  private void requireElements(long statedByteSize, long roomByteSize) {
    long byteSize;
    try {
      byteSize = layout.requireCountable(elementType).spanByteSize(elementType);
    } catch (ViewLayoutException impossible) {
      throw new ViewHeaderException(String.valueOf(impossible.getMessage()), impossible);
    }
    if (byteSize != statedByteSize || byteSize > roomByteSize) {
      throw new ViewHeaderException(
          "elements do not fit: byteSize=%d statedByteSize=%d roomByteSize=%d"
              .formatted(byteSize, statedByteSize, roomByteSize));
    }
  }

  private static long extentOffset(long byteOffset, int axis) {
    return byteOffset + AXES_OFFSET + (long) axis * Long.BYTES;
  }

  private static long strideOffset(long byteOffset, int rank, int axis) {
    return byteOffset + AXES_OFFSET + (long) (rank + axis) * Long.BYTES;
  }
}
