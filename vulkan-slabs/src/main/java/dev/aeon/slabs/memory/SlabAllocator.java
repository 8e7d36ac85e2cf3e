package dev.aeon.slabs.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * Hands out the bytes of a slab, one piece after the other, until all are taken back at once: for
 * messages and views that are made together and go together. The pieces are as long-lived as the
 * slab; {@link #reset} gives their bytes to others, so nobody may use them any more then. Keeps the
 * slab's {@link Slab#fillLevel}. One thread at a time.
 */
public final class SlabAllocator implements SegmentAllocator {
  private final Slab slab;
  private final MemorySegment segment;
  private long position;

  SlabAllocator(Slab slab) {
    this.slab = slab;
    this.segment = slab.segment();
  }

  /**
   * The next bytes, which hold whatever was there.
   *
   * @param byteSize 0 or more
   * @param byteAlignment of the first, a power of two
   * @throws SlabAllocationException where the slab has no such room left
   */
  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    if (byteSize < 0 || byteAlignment < 1 || Long.bitCount(byteAlignment) != 1) {
      throw new IllegalArgumentException(
          "no size and alignment: byteSize=%d byteAlignment=%d".formatted(byteSize, byteAlignment));
    }
    long skipped = -(segment.address() + position) & (byteAlignment - 1);
    long room = segment.byteSize() - position;
    if (skipped > room || byteSize > room - skipped) {
      throw new SlabAllocationException("the slab is full", byteSize, room, null);
    }
    MemorySegment piece = segment.asSlice(position + skipped, byteSize);
    position += skipped + byteSize;
    slab.fillLevel().record(position);
    return piece;
  }

  /** Takes all pieces back. */
  public void reset() {
    position = 0;
    slab.fillLevel().record(0);
  }
}
