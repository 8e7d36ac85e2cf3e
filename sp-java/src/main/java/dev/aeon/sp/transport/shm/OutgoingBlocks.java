package dev.aeon.sp.transport.shm;

import dev.aeon.sp.transport.RemoteCopy;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The large bodies that the writer of a region has lent to its reader. The lowest units that are
 * free are lent first, which are the likeliest to be in a cache. Confined to its strand.
 */
public final class OutgoingBlocks {
  /** There is no room for the body. */
  public static final long NOWHERE = -1;

  private final MemorySegment region;
  private final RingLayout layout;
  private final BitSet taken = new BitSet();

  /** How many units each block took, by its number. */
  private final int[] unitCounts;

  /** The first {@link #lentCount} are the blocks out on loan. */
  private int[] lent = new int[16];

  private int lentCount;

  OutgoingBlocks(MemorySegment region, RingLayout layout) {
    this.region = region;
    this.layout = layout;
    this.unitCounts = new int[layout.unitCount()];
  }

  /**
   * Copies a body into a block that the reader will give back.
   *
   * @return the block, or {@link #NOWHERE}: too large, or too many are out
   */
  public long place(MemorySegment from, long byteOffset, long byteSize) {
    if (byteSize > layout.maxBlockBody()) {
      return NOWHERE;
    }
    takeReturned();
    int unitCount = RingLayout.unitsFor(byteSize);
    int block = find(unitCount);
    if (block < 0) {
      return NOWHERE;
    }
    long bodyAt = layout.blockAt(block) + Packet.HEADROOM;
    RemoteCopy.copy(from, byteOffset, region, bodyAt, byteSize);
    lend(block, unitCount);
    return block;
  }

  private void takeReturned() {
    int left = 0;
    for (int index = 0; index < lentCount; index++) {
      int block = lent[index];
      boolean isBack =
          (int) RingLayout.FLAG.getAcquire(region, layout.returnedAt(block)) != RingLayout.LENT;
      if (isBack) {
        taken.clear(block, block + unitCounts[block]);
      } else {
        lent[left++] = block;
      }
    }
    lentCount = left;
  }

  /** The first of so many free units, or -1. */
  private int find(int unitCount) {
    int first = taken.nextClearBit(0);
    while (first + unitCount <= layout.unitCount()) {
      int end = taken.nextSetBit(first);
      if (end < 0 || end - first >= unitCount) {
        return first;
      }
      first = taken.nextClearBit(end);
    }
    return -1;
  }

  private void lend(int block, int unitCount) {
    RingLayout.FLAG.setOpaque(region, layout.returnedAt(block), RingLayout.LENT);
    taken.set(block, block + unitCount);
    unitCounts[block] = unitCount;
    if (lentCount == lent.length) {
      lent = Arrays.copyOf(lent, 2 * lentCount);
    }
    lent[lentCount++] = block;
  }
}
