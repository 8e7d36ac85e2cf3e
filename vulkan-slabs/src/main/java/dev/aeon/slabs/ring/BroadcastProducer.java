package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** The writing end of a {@link BroadcastRing}. Looks at the subscribers only where it is full. */
public final class BroadcastProducer extends RecordWriter {
  private final RingSlot[] slots;

  BroadcastProducer(BroadcastRing ring, MemorySegment segment, long capacity, long tail) {
    super(segment, capacity, tail, tail);
    this.slots = ring.slots().toArray(RingSlot[]::new);
  }

  /**
   * The position of the slowest subscriber; without any, what is published. One that is about to
   * subscribe shows itself and then reads the tail; here the tail is written and then the
   * subscribers are looked for: one that is not seen begins at that tail or later.
   */
  @Override
  long readHead(long tail, long lastHead) {
    publish();
    VarHandle.fullFence();
    long slowest = tail;
    for (RingSlot slot : slots) {
      if (BroadcastRing.isActive(slot)) {
        slowest = Math.min(slowest, positionOf(slot, tail, lastHead));
      }
    }
    return slowest;
  }

  private long positionOf(RingSlot slot, long tail, long lastHead) {
    long position = slot.position();
    return position == RingSlot.IDLE ? lastHead : believable(position, tail);
  }

  /** A subscriber's position lies in shared memory: it is within a lap of the tail, or a lie. */
  private long believable(long position, long tail) {
    boolean aligned = position % RingLayout.RECORD_ALIGNMENT == 0;
    if (!aligned || position < 0 || position > tail || tail - position > capacity) {
      throw new RingCorruptedException(
          "head is not one that a subscriber can reach: head=" + position, tail);
    }
    return position;
  }
}
