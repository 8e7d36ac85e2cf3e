package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.ReplicatedProducer;
import dev.aeon.slabs.ring.ReplicatedRing;
import dev.aeon.slabs.ring.RingSignal;
import dev.aeon.slabs.ring.SpscProducer;
import dev.aeon.slabs.ring.SpscRing;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The writing end of a ring as an outbox. */
public final class RingOutbox extends RingEnd implements Outbox {
  private final SpscProducer producer;
  private final RingSignal toReader;
  private volatile boolean roomLacking;

  /**
   * @param toReader wakes the other end where it sleeps until there is a record
   */
  public RingOutbox(Slab slab, SpscRing ring, RingSignal toReader) {
    super(slab, ring);
    this.producer = ring.producer();
    this.toReader = toReader;
    producer.wakesThrough(toReader);
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
  public Outbox replicatedTo(MemorySegment replica) {
    ReplicatedProducer rings = ReplicatedRing.producer(List.of(producer.segment(), replica));
    rings.wakesThrough(toReader);
    return new ReplicatedOutbox(this, rings);
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
    long byteOffset = producer.claim(byteSize);
    setRoomLacking(byteOffset == FULL);
    return byteOffset;
  }

  void setRoomLacking(boolean lacking) {
    if (roomLacking != lacking) {
      roomLacking = lacking;
    }
  }

  @Override
  public void lacksRoom() {
    roomLacking = true;
  }

  @Override
  public void announceSleep() {
    if (roomLacking) {
      producer.announceSleep();
    }
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
