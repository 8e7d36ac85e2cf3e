package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.SpscConsumer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;

/** The reading end of a ring as an inbox. */
public final class RingInbox implements Inbox {
  private final Slab slab;
  private final SpscRing ring;
  private final SpscConsumer consumer;

  public RingInbox(Slab slab, SpscRing ring) {
    this.slab = slab;
    this.ring = ring;
    this.consumer = ring.consumer();
  }

  @Override
  public Slab slab() {
    return slab;
  }

  @Override
  public MemorySegment segment() {
    return consumer.segment();
  }

  @Override
  public long capacity() {
    return ring.capacity();
  }

  @Override
  public long fillByteSize() {
    return ring.fillByteSize();
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
  public void release() {
    consumer.release();
  }
}
