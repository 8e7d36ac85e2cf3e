package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.util.function.LongPredicate;

/**
 * Clears away what the dead left in an {@link MpmcRing}. A cell is theirs where it is taken and no
 * living end says that it is about to use it: each end says so before it takes a cell, and goes on
 * saying so until the cell is done with. Therefore the cell is looked at again after the slots: if
 * it is still not done with, a living owner would have been seen.
 */
final class MpmcRecovery {
  private final MpmcLayout layout;
  private final MemorySegment segment;
  private final LongPredicate isAlive;
  private final RecordHandler abandoned;

  MpmcRecovery(MpmcLayout layout, LongPredicate isAlive, RecordHandler abandoned) {
    this.layout = layout;
    this.segment = layout.segment();
    this.isAlive = isAlive;
    this.abandoned = abandoned;
  }

  int run() {
    if (!begin()) {
      return 0;
    }
    try {
      int cleared = clearCells();
      freeSlots();
      return cleared;
    } finally {
      RingLayout.WORD.setRelease(segment, RingLayout.RECOVERER_OFFSET, RingSlot.NOBODY);
    }
  }

  /** One at a time: two would hand out the same record. */
  private boolean begin() {
    long other = word(RingLayout.RECOVERER_OFFSET);
    return (other == RingSlot.NOBODY || !isAlive.test(other))
        && RingLayout.WORD.compareAndSet(
            segment, RingLayout.RECOVERER_OFFSET, other, RingOwner.current());
  }

  private int clearCells() {
    int cleared = 0;
    long tail = word(RingLayout.TAIL_OFFSET);
    for (long position = Math.max(0, tail - layout.cellCount()); position < tail; position++) {
      if (isAbandonedClaim(position)) {
        abort(position);
        cleared++;
      } else if (isAbandonedRecord(position)) {
        handOver(position);
        cleared++;
      }
    }
    return cleared;
  }

  private boolean isAbandonedClaim(long position) {
    return sequenceAt(position) == layout.free(position)
        && !isInUse(RingSlot.WRITES, position)
        && sequenceAt(position) == layout.free(position);
  }

  private boolean isAbandonedRecord(long position) {
    return sequenceAt(position) == layout.committed(position)
        && position < word(RingLayout.HEAD_OFFSET)
        && !isInUse(RingSlot.READS, position)
        && sequenceAt(position) == layout.committed(position);
  }

  private boolean isInUse(long state, long position) {
    for (int index = 0; index < layout.slotCount(); index++) {
      RingSlot slot = slot(index);
      long owner = slot.owner();
      if (owner != RingSlot.NOBODY && slot.state() == state && covers(slot, position)) {
        if (isAlive.test(owner)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean covers(RingSlot slot, long position) {
    long first = slot.position();
    return position >= first && position - first < slot.count();
  }

  private void abort(long position) {
    long cell = layout.cellOffset(position);
    RingLayout.WORD.set(
        segment,
        cell + RingLayout.CELL_RECORD_OFFSET,
        RingLayout.header(0, RingLayout.KIND_ABORTED));
    RingLayout.WORD.setRelease(segment, cell, layout.committed(position));
  }

  private void handOver(long position) {
    long cell = layout.cellOffset(position);
    long header = (long) RingLayout.WORD.get(segment, cell + RingLayout.CELL_RECORD_OFFSET);
    int byteSize = RingLayout.byteSizeOf(header);
    boolean possible = byteSize >= 0 && byteSize <= layout.maxPayloadByteSize();
    if (possible && RingLayout.kindOf(header) == RingLayout.KIND_DATA) {
      abandoned.onRecord(segment, cell + RingLayout.CELL_PAYLOAD_OFFSET, byteSize);
    }
    RingLayout.WORD.setRelease(segment, cell, layout.released(position));
  }

  private void freeSlots() {
    for (int index = 0; index < layout.slotCount(); index++) {
      RingSlot slot = slot(index);
      long owner = slot.owner();
      if (owner != RingSlot.NOBODY && !isAlive.test(owner) && slot.takeOver(owner)) {
        slot.free();
      }
    }
  }

  private RingSlot slot(int index) {
    return RingSlot.at(segment, layout.slotsOffset(), index);
  }

  private long sequenceAt(long position) {
    return word(layout.cellOffset(position));
  }

  private long word(long byteOffset) {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset);
  }
}
