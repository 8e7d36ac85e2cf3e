package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The writing end of a {@link ReplicatedRing}. Payloads are written into the first ring, and copied
 * into the others when they are complete.
 */
public final class ReplicatedProducer implements RingProducer {
  private static final int NONE = -1;

  private final Replicas<SpscProducer> rings;
  private long claimedOffset;
  private int claimedByteSize = NONE;

  ReplicatedProducer(List<SpscProducer> rings) {
    this.rings = new Replicas<>(rings, SpscProducer::abandon);
  }

  /** How many rings are written. */
  public int ringCount() {
    return rings.count();
  }

  /**
   * For those to whom going on with the rest is not enough.
   *
   * @throws RingCorruptedException what was found in a ring that was left behind for it
   */
  public void requireUncorrupted() {
    rings.requireUncorrupted();
  }

  /**
   * Leaves the ring in {@code segment} behind and has its reader know: for memory that is about to
   * go. Another's memory is left alone.
   *
   * @throws IllegalStateException where it is the last ring, or a claim is open
   */
  public void drop(MemorySegment segment) {
    requireUnclaimed();
    rings.drop(segment);
  }

  @Override
  public MemorySegment segment() {
    return rings.first().segment();
  }

  @Override
  public int maxPayloadByteSize() {
    return rings.first().maxPayloadByteSize();
  }

  @Override
  public long claim(int byteSize) {
    requireUnclaimed();
    if (!claimAll(byteSize)) {
      // What is staged may be all that fills the rings: unseen, it would never be released.
      publish();
      return FULL;
    }
    claimedByteSize = byteSize;
    return claimedOffset;
  }

  /** The same place in each, for all are of one capacity and hold the same. */
  private boolean claimAll(int byteSize) {
    for (int index = rings.count() - 1; index >= 0; index--) {
      if (!tryClaim(index, byteSize)) {
        abortFrom(index + 1);
        return false;
      }
    }
    return true;
  }

  private boolean tryClaim(int index, int byteSize) {
    try {
      claimedOffset = rings.get(index).claim(byteSize);
      return claimedOffset != FULL;
    } catch (RingCorruptedException corrupted) {
      rings.lose(index, corrupted);
      return true;
    }
  }

  private void abortFrom(int first) {
    for (int index = first; index < rings.count(); index++) {
      rings.get(index).abort();
    }
  }

  @Override
  public void stage() {
    if (claimedByteSize == NONE) {
      throw new IllegalStateException("no claim is open: ringCount=" + rings.count());
    }
    for (int index = rings.count() - 1; index > 0; index--) {
      SpscProducer replica = rings.get(index);
      MemorySegment.copy(
          segment(), claimedOffset, replica.segment(), claimedOffset, claimedByteSize);
      replica.stage();
    }
    rings.first().stage();
    claimedByteSize = NONE;
  }

  @Override
  public void publish() {
    for (int index = rings.count() - 1; index >= 0; index--) {
      rings.get(index).publish();
    }
  }

  @Override
  public void commit() {
    stage();
    publish();
  }

  @Override
  public void abort() {
    if (claimedByteSize == NONE) {
      throw new IllegalStateException("no claim is open: ringCount=" + rings.count());
    }
    claimedByteSize = NONE;
    abortFrom(0);
  }

  @Override
  public boolean hasRoom(int byteSize) {
    for (int index = rings.count() - 1; index >= 0; index--) {
      if (!hasRoom(index, byteSize)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasRoom(int index, int byteSize) {
    try {
      return rings.get(index).hasRoom(byteSize);
    } catch (RingCorruptedException corrupted) {
      rings.lose(index, corrupted);
      return true;
    }
  }

  @Override
  public void wakesThrough(RingSignal signal) {
    rings.forEach(each -> each.wakesThrough(signal));
  }

  /** Waits at the last ring, which is released last. */
  @Override
  public boolean awaitRoom(int byteSize, Waiting waiting, long timeoutNanos)
      throws InterruptedException {
    publish();
    try {
      return hasRoom(byteSize)
          || (rings.last().awaitRoom(byteSize, waiting, timeoutNanos) && hasRoom(byteSize));
    } catch (RingCorruptedException corrupted) {
      rings.lose(rings.count() - 1, corrupted);
      return awaitRoom(byteSize, waiting, timeoutNanos);
    }
  }

  private void requireUnclaimed() {
    if (claimedByteSize != NONE) {
      throw new IllegalStateException("a claim is open: byteSize=" + claimedByteSize);
    }
  }
}
