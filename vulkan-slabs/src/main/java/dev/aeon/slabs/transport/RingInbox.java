package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.RingSignal;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;

/** The reading end of a ring as an inbox. */
public final class RingInbox extends RingEnd implements Inbox {
  private final SpscConsumer consumer;

  /**
   * @param toWriter wakes the other end where it sleeps until there is room
   */
  public RingInbox(Slab slab, SpscRing ring, RingSignal toWriter) {
    super(slab, ring);
    this.consumer = ring.consumer();
    consumer.wakesThrough(toWriter);
  }

  @Override
  public MemorySegment segment() {
    return consumer.segment();
  }

  @Override
  public long peek() {
    return consumer.peek();
  }

  @Override
  public int peekedByteSize() {
    return consumer.peekedByteSize();
  }

  @Override
  public void announceSleep() {
    consumer.announceSleep();
  }

  @Override
  public void release() {
    consumer.release();
  }
}
