package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.util.function.LongPredicate;

/**
 * Clears away what the dead left in an {@link MpmcRing}. A claim names the slot of its producer. A
 * record that was taken is a dead consumer's where no living one says that it is about to use it:
 * each says so before it takes a cell, and goes on saying so until the cell is done with. Therefore
 * the cell is looked at again after the slots: if it is still not done with, a living owner would
 * have been seen.
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
      long head = word(RingLayout.HEAD_OFFSET);
      int cleared = handOverBefore(head) + abortFrom(head);
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

  private int handOverBefore(long head) {
    int count = 0;
    for (long position = head - layout.cellCount(); position < head; position++) {
      long stamp = stampAt(position);
      if (CellStamp.isFinished(stamp, position)
          && !isBeingRead(position)
          && stampAt(position) == stamp) {
        handOver(position, CellStamp.state(stamp));
        count++;
      }
    }
    return count;
  }

  private boolean isBeingRead(long position) {
    for (int index = 0; index < layout.slotCount(); index++) {
      RingSlot slot = layout.slot(index);
      if (slot.state() == RingSlot.READS && covers(slot, position) && isAlive(slot)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAlive(RingSlot slot) {
    long owner = slot.owner();
    return owner != RingSlot.NOBODY && isAlive.test(owner);
  }

  private static boolean covers(RingSlot slot, long position) {
    long first = slot.position();
    return position >= first && position - first < slot.count();
  }

  private void handOver(long position, int byteSize) {
    long cell = layout.cellOffset(position);
    if (byteSize >= 0 && byteSize <= layout.maxPayloadByteSize()) {
      abandoned.onRecord(segment, cell + RingLayout.CELL_PAYLOAD_OFFSET, byteSize);
    }
    RingLayout.WORD.setRelease(
        segment, cell, CellStamp.of(layout.nextLap(position), CellStamp.FREE));
  }

  private int abortFrom(long head) {
    int count = 0;
    for (long position = head; position < head + layout.cellCount(); position++) {
      long stamp = stampAt(position);
      if (CellStamp.turnsAfter(stamp, position) == 0
          && isClaimOfTheDead(CellStamp.state(stamp))
          && abort(position, stamp)) {
        count++;
      }
    }
    return count;
  }

  private boolean isClaimOfTheDead(int state) {
    if (!CellStamp.isClaim(state)) {
      return false;
    }
    int index = CellStamp.slotIndexOf(state);
    return index < layout.slotCount() && !isAlive(layout.slot(index));
  }

  /** Not where its producer lived after all and was done meanwhile, and gave its slot back. */
  private boolean abort(long position, long claim) {
    return RingLayout.WORD.compareAndSet(
        segment, layout.cellOffset(position), claim, CellStamp.of(position, CellStamp.ABORTED));
  }

  private void freeSlots() {
    for (int index = 0; index < layout.slotCount(); index++) {
      RingSlot slot = layout.slot(index);
      long owner = slot.owner();
      if (owner != RingSlot.NOBODY && !isAlive.test(owner) && slot.takeOver(owner)) {
        slot.free();
      }
    }
  }

  private long stampAt(long position) {
    return word(layout.cellOffset(position));
  }

  private long word(long byteOffset) {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset);
  }
}
