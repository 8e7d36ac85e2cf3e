package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;

/** The writing end of a ring as an outbox. */
public final class RingOutbox implements Outbox {
  private final Slab slab;
  private final SpscRing ring;
  private final SpscProducer producer;

  public RingOutbox(Slab slab, SpscRing ring) {
    this.slab = slab;
    this.ring = ring;
    this.producer = ring.producer();
  }

  @Override
  public Slab slab() {
    return slab;
  }

  @Override
  public MemorySegment segment() {
    return producer.segment();
  }

  @Override
  public int maxByteSize() {
    return producer.maxPayloadByteSize();
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
  public long claim(int byteSize) {
    return producer.claim(byteSize);
  }

  @Override
  public void stage() {
    producer.stage();
  }

  @Override
  public void publish() {
    producer.publish();
  }

  @Override
  public void abort() {
    producer.abort();
  }
}
