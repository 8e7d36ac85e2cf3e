package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * A subscriber's end of a {@link BroadcastRing}. Where it was evicted, {@link #peek}, {@link
 * #release} and {@link #drain} throw {@link SubscriberEvictedException}: the bytes of a record that
 * was peeked may have been overwritten until then, those released before were whole.
 */
public final class BroadcastConsumer extends RecordReader implements AutoCloseable {
  private final RingSlot slot;
  private boolean closed;

  private BroadcastConsumer(MemorySegment segment, long capacity, RingSlot slot, long tail) {
    super(segment, capacity, slot.positionOffset(), tail, tail);
    this.slot = slot;
  }

  static BroadcastConsumer open(MemorySegment segment, long capacity, int slotCount) {
    long slotsOffset = RingHeader.slotsOffset(capacity);
    RingSlot slot = RingSlot.take(segment, slotsOffset, slotCount, RingSlot.READS);
    return new BroadcastConsumer(segment, capacity, slot, join(segment, slot));
  }

  /**
   * The position from which a new subscriber reads. Until it stands in the slot a producer that
   * sees the slot goes no further than it could before; one that does not see it has published, by
   * Dekker's rule, no more than the tail that is read here.
   */
  private static long join(MemorySegment segment, RingSlot slot) {
    VarHandle.fullFence();
    long tail = tail(segment);
    slot.setPosition(tail);
    return tail;
  }

  private static long tail(MemorySegment segment) {
    long tail = (long) RingLayout.WORD.getAcquire(segment, RingLayout.TAIL_OFFSET);
    if (tail < 0 || tail % RingLayout.RECORD_ALIGNMENT != 0) {
      throw new RingCorruptedException("tail is not one that the producer can reach:", tail);
    }
    return tail;
  }

  /** Whether the producer no longer waits for this subscriber. */
  public boolean isEvicted() {
    return slot.state() == RingSlot.EVICTED;
  }

  @Override
  void requireReadable() {
    if (closed) {
      throw new IllegalStateException("subscriber is closed: position=" + position());
    }
    // What was read before this look must not be taken for what was there after it.
    VarHandle.loadLoadFence();
    if (isEvicted()) {
      throw new SubscriberEvictedException(position());
    }
  }

  /** Gives the place back to others; the producer no longer waits for it. Does nothing again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      slot.free();
    }
  }
}
