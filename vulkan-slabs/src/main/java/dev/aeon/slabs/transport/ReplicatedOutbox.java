package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.ReplicatedProducer;
import java.lang.foreign.MemorySegment;

/**
 * An outbox whose records are written to a replica of its ring as well, before the other end can
 * see them. The replica is its maker's to read and to release: a record there is whole, whatever
 * the other end does to the ring that it shares.
 */
final class ReplicatedOutbox implements Outbox {
  private final RingOutbox ring;
  private final ReplicatedProducer rings;

  ReplicatedOutbox(RingOutbox ring, ReplicatedProducer rings) {
    this.ring = ring;
    this.rings = rings;
  }

  @Override
  public Slab slab() {
    return ring.slab();
  }

  @Override
  public MemorySegment segment() {
    return rings.segment();
  }

  @Override
  public int maxByteSize() {
    return ring.maxByteSize();
  }

  @Override
  public long capacity() {
    return ring.capacity();
  }

  @Override
  public long fillByteSize() {
    return ring.fillByteSize();
  }

  /**
   * @throws dev.aeon.slabs.ring.RingCorruptedException where the other end has left what no reader
   *     writes: its ring is left behind, and only the replica holds what was written
   */
  @Override
  public long claim(int byteSize) {
    rings.requireUncorrupted();
    long byteOffset = rings.claim(byteSize);
    if (byteOffset != FULL && rings.ringCount() == 1) {
      rings.abort();
      rings.requireUncorrupted();
    }
    ring.setRoomLacking(byteOffset == FULL);
    return byteOffset;
  }

  @Override
  public void lacksRoom() {
    ring.lacksRoom();
  }

  @Override
  public void announceSleep() {
    ring.announceSleep();
  }

  @Override
  public void stage() {
    rings.stage();
  }

  @Override
  public void publish() {
    rings.publish();
  }

  @Override
  public void abort() {
    rings.abort();
  }
}
