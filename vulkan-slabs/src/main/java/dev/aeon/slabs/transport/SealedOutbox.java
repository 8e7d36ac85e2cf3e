package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.Slab;
import java.lang.foreign.MemorySegment;

/** Takes records in memory of this process and seals them into a ring. */
final class SealedOutbox implements Outbox {
  private final Outbox inner;
  private final Slab plain;
  private final MemorySegment segment;
  private final SealedGreeting greeting;
  private long claimedOffset;
  private int claimedByteSize;

  SealedOutbox(Outbox inner, Slab plain, SealedGreeting greeting) {
    this.inner = inner;
    this.plain = plain;
    this.segment = plain.segment();
    this.greeting = greeting;
  }

  @Override
  public Slab slab() {
    return plain;
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public int maxByteSize() {
    return inner.maxByteSize() - RecordCipher.OVERHEAD_BYTES;
  }

  @Override
  public long capacity() {
    return inner.capacity();
  }

  @Override
  public long fillByteSize() {
    return inner.fillByteSize();
  }

  @Override
  public long claim(int byteSize) {
    if (byteSize < 0 || byteSize > maxByteSize()) {
      throw new IllegalArgumentException(
          "payload does not fit this ring: byteSize=%d maxByteSize=%d"
              .formatted(byteSize, maxByteSize()));
    }
    if (greeting.ciphers() == null) {
      return FULL;
    }
    claimedOffset = inner.claim(byteSize + RecordCipher.OVERHEAD_BYTES);
    claimedByteSize = byteSize;
    return claimedOffset == FULL ? FULL : 0;
  }

  @Override
  public void lacksRoom() {
    inner.lacksRoom();
  }

  @Override
  public void announceSleep() {
    inner.announceSleep();
  }

  @Override
  public void stage() {
    SealedGreeting.Ciphers ciphers = greeting.ciphers();
    if (ciphers == null) {
      throw new IllegalStateException("no claim is open");
    }
    ciphers.outgoing().seal(segment, 0, claimedByteSize, inner.segment(), claimedOffset);
    inner.stage();
  }

  @Override
  public void publish() {
    inner.publish();
  }

  @Override
  public void abort() {
    inner.abort();
  }
}
