package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/** Where the cells of an {@link MpmcRing} lie, and how they follow each other. */
record MpmcLayout(MemorySegment segment, long cellCount, long cellByteSize, int slotCount) {
  /** Turns of half as many positions tell which of two is ahead. */
  private static final long MAX_CELLS = 1L << 30;

  private static final int MAX_PAYLOAD_BYTES = Integer.MAX_VALUE - 1024;

  static long capacity(long cells, int maxPayloadByteSize) {
    boolean possible =
        cells >= 2
            && cells <= MAX_CELLS
            && Long.bitCount(cells) == 1
            && maxPayloadByteSize >= 0
            && maxPayloadByteSize <= MAX_PAYLOAD_BYTES
            && cells <= RingLayout.MAX_CAPACITY_BYTES / cellByteSize(maxPayloadByteSize);
    if (!possible) {
      throw new IllegalArgumentException(
          "cells are not a power of two from 2, or too large: cells=%d maxPayloadByteSize=%d"
              .formatted(cells, maxPayloadByteSize));
    }
    return cells * cellByteSize(maxPayloadByteSize);
  }

  private static long cellByteSize(int maxPayloadByteSize) {
    long used = RingLayout.CELL_PAYLOAD_OFFSET + maxPayloadByteSize;
    return Math.ceilDiv(used, RingLayout.CELL_ALIGNMENT) * RingLayout.CELL_ALIGNMENT;
  }

  static MpmcLayout create(MemorySegment segment, long cells, int maxPayload, int slotCount) {
    RingHeader header =
        RingHeader.write(
            segment,
            RingLayout.KIND_MPMC,
            capacity(cells, maxPayload),
            slotCount,
            cellByteSize(maxPayload));
    MpmcLayout layout = new MpmcLayout(segment, cells, header.cellByteSize(), slotCount);
    for (long position = 0; position < cells; position++) {
      RingLayout.WORD.set(
          segment, layout.cellOffset(position), CellStamp.of(position, CellStamp.FREE));
    }
    header.publish();
    return layout;
  }

  static MpmcLayout attach(MemorySegment segment) {
    RingHeader header = RingHeader.read(segment, RingLayout.KIND_MPMC);
    long cellByteSize = header.cellByteSize();
    boolean possible =
        cellByteSize >= RingLayout.CELL_ALIGNMENT
            && cellByteSize <= header.capacity() / 2
            && cellByteSize % RingLayout.CELL_ALIGNMENT == 0
            && header.capacity() % cellByteSize == 0
            && Long.bitCount(header.capacity() / cellByteSize) == 1
            && header.capacity() / cellByteSize <= MAX_CELLS
            && cellByteSize <= MAX_PAYLOAD_BYTES
            && header.slotCount() > 0;
    if (!possible) {
      throw header.impossible("cells are not what a ring has:");
    }
    return new MpmcLayout(
        segment, header.capacity() / cellByteSize, cellByteSize, (int) header.slotCount());
  }

  long slotsOffset() {
    return RingHeader.slotsOffset(cellCount * cellByteSize);
  }

  /** Where the cell of a position begins, with its stamp. */
  long cellOffset(long position) {
    return RingLayout.DATA_OFFSET + (position & (cellCount - 1)) * cellByteSize;
  }

  int maxPayloadByteSize() {
    return (int) (cellByteSize - RingLayout.CELL_PAYLOAD_OFFSET);
  }

  /** The position whose turn comes after this one in the same cell. */
  long nextLap(long position) {
    return position + cellCount;
  }

  /** How many positions, from this one on, have been claimed. */
  long claimedFrom(long position) {
    long count = 0;
    while (count < cellCount && isClaimed(position + count)) {
      count++;
    }
    return count;
  }

  private boolean isClaimed(long position) {
    long stamp = (long) RingLayout.WORD.getAcquire(segment, cellOffset(position));
    return CellStamp.turnsAfter(stamp, position) == 0 && CellStamp.state(stamp) != CellStamp.FREE;
  }

  RingSlot slot(int index) {
    return RingSlot.at(segment, slotsOffset(), index);
  }

  int indexOf(RingSlot slot) {
    return (int) ((slot.byteOffset() - slotsOffset()) / RingLayout.SLOT_BYTES);
  }
}
