package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;

/** The writing end of a ring as an outbox. */
public final class RingOutbox extends RingEnd implements Outbox {
  private final SpscProducer producer;

  public RingOutbox(Slab slab, SpscRing ring) {
    super(slab, ring);
    this.producer = ring.producer();
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
  public boolean keepsRecords() {
    return true;
  }

  @Override
  public long position() {
    return producer.position();
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
