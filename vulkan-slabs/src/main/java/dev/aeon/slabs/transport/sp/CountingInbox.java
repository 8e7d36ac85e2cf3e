package dev.aeon.slabs.transport.sp;

import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.ring.SpscRing;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.RingInbox;
import java.lang.foreign.MemorySegment;

/** Counts what its reader has released, for the other thread that tells the peer. */
final class CountingInbox implements Inbox {
  private final RingInbox ring;
  private final Runnable onRelease;
  private volatile long releasedByteCount;

  /**
   * @param onRelease runs after each release
   */
  CountingInbox(Slab slab, SpscRing ring, Runnable onRelease) {
    this.ring = new RingInbox(slab, ring, () -> {});
    this.onRelease = onRelease;
  }

  long releasedByteCount() {
    return releasedByteCount;
  }

  @Override
  public Slab slab() {
    return ring.slab();
  }

  @Override
  public MemorySegment segment() {
    return ring.segment();
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
    return ring.peek();
  }

  @Override
  public int peekedByteSize() {
    return ring.peekedByteSize();
  }

  @Override
  public void announceSleep() {
    ring.announceSleep();
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads, as any inbox
  public void release() {
    long byteCount = Envelope.padded(ring.peekedByteSize());
    ring.release();
    releasedByteCount += byteCount;
    onRelease.run();
  }
}
