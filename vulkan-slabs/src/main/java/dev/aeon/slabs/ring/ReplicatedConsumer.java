package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The reading end of a {@link ReplicatedRing}: reads the first ring, and releases in all. */
public final class ReplicatedConsumer implements RingConsumer {
  private final Replicas<SpscConsumer> rings;

  ReplicatedConsumer(List<SpscConsumer> rings) {
    this.rings = new Replicas<>(rings, SpscConsumer::abandon);
  }

  /** How many rings are released into. */
  public int ringCount() {
    return rings.count();
  }

  /**
   * Leaves the ring in {@code segment} behind, and has its writer know: for memory that is about to
   * go. Where it is the first, what was peeked is peeked again in the next.
   *
   * @throws IllegalStateException where it is the last ring
   */
  public void drop(MemorySegment segment) {
    rings.drop(segment);
  }

  @Override
  public MemorySegment segment() {
    return rings.first().segment();
  }

  @Override
  public long peek() {
    while (true) {
      try {
        return rings.first().peek();
      } catch (RingCorruptedException corrupted) {
        rings.lose(0, corrupted);
      }
    }
  }

  @Override
  public int peekedByteSize() {
    return rings.first().peekedByteSize();
  }

  @Override
  public void release() {
    rings.first().release();
    int index = 1;
    while (index < rings.count()) {
      index += releaseReplica(index) ? 1 : 0;
    }
  }

  /** Whether there is still a replica: it holds what the first ring held, or is none. */
  private boolean releaseReplica(int index) {
    try {
      if (rings.get(index).peek() == EMPTY) {
        throw new RingCorruptedException("replica lacks a record:", rings.get(index).position());
      }
      rings.get(index).release();
      return true;
    } catch (RingCorruptedException corrupted) {
      rings.lose(index, corrupted);
      return false;
    }
  }

  @Override
  public int drain(RecordHandler handler, int limit) {
    int drained = 0;
    while (drained < limit && drainOne(handler)) {
      drained++;
    }
    return drained;
  }

  private boolean drainOne(RecordHandler handler) {
    long byteOffset = peek();
    if (byteOffset == EMPTY) {
      return false;
    }
    handler.onRecord(segment(), byteOffset, peekedByteSize());
    release();
    return true;
  }

  @Override
  public boolean hasRecord() {
    return peek() != EMPTY;
  }

  @Override
  public void wakesThrough(RingSignal signal) {
    rings.forEach(each -> each.wakesThrough(signal));
  }

  @Override
  public boolean await(Waiting waiting, long timeoutNanos) throws InterruptedException {
    try {
      return hasRecord() || rings.first().await(waiting, timeoutNanos);
    } catch (RingCorruptedException corrupted) {
      rings.lose(0, corrupted);
      return await(waiting, timeoutNanos);
    }
  }
}
