package dev.aeon.slabs.ring;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/** What the beginning of a ring says, read once and then checked. */
record RingHeader(MemorySegment segment, long version, long capacity, long tail, long head) {
  static RingHeader read(Slab slab) {
    MemorySegment segment = slab.segment();
    if (segment.byteSize() < RingLayout.DATA_OFFSET
        || word(segment, RingLayout.MAGIC_OFFSET) != RingLayout.MAGIC) {
      throw new RingCorruptedException("slab holds no ring:", 0);
    }
    RingHeader header =
        new RingHeader(
            segment,
            word(segment, RingLayout.VERSION_OFFSET),
            word(segment, RingLayout.CAPACITY_OFFSET),
            word(segment, RingLayout.TAIL_OFFSET),
            word(segment, RingLayout.HEAD_OFFSET));
    header.requireCapacity();
    header.requirePositions();
    return header;
  }

  SpscRing toRing() {
    return SpscRing.at(segment, capacity, tail, head);
  }

  private void requireCapacity() {
    if (version != RingLayout.VERSION) {
      throw new RingCorruptedException("version is not known: version=" + version, 0);
    }
    if (!SpscRing.isCapacity(capacity) || capacity > segment.byteSize() - RingLayout.DATA_OFFSET) {
      throw new RingCorruptedException(
          "capacity is not that of this slab: capacity=%d slabByteSize=%d"
              .formatted(capacity, segment.byteSize()),
          0);
    }
  }

  private void requirePositions() {
    boolean aligned = (tail | head) % RingLayout.RECORD_ALIGNMENT == 0;
    if (!aligned || head < 0 || tail < head || tail - head > capacity) {
      throw new RingCorruptedException(
          "positions do not fit each other: tail=%d capacity=%d".formatted(tail, capacity), head);
    }
  }

  private static long word(MemorySegment segment, long byteOffset) {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset);
  }
}
