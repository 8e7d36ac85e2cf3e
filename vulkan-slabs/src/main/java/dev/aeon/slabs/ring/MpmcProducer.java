package dev.aeon.slabs.ring;

import org.jspecify.annotations.Nullable;

/**
 * A writing end of an {@link MpmcRing}. Every commit shows its record at once: {@link #stage} does
 * the same, and {@link #publish} has nothing to do.
 */
public final class MpmcProducer extends MpmcEndpoint implements RingProducer {
  private static final long UNCLAIMED = -1;

  private final int maxPayloadByteSize;
  private long claimed = UNCLAIMED;
  private int claimedByteSize;
  private @Nullable RingWakeUp wakeUp;

  MpmcProducer(MpmcLayout layout, RingSlot slot) {
    super(layout, slot);
    this.maxPayloadByteSize = layout.maxPayloadByteSize();
  }

  @Override
  public int maxPayloadByteSize() {
    return maxPayloadByteSize;
  }

  @Override
  public long claim(int byteSize) {
    requireClaimable(byteSize);
    long position = takeCell();
    if (position == FULL) {
      return FULL;
    }
    claimed = position;
    claimedByteSize = byteSize;
    return payloadOffset(position);
  }

  private long takeCell() {
    long position = getAcquire(RingLayout.TAIL_OFFSET);
    while (true) {
      long sequence = sequenceAt(position);
      if (sequence == layout.free(position)) {
        intend(position, 1);
        if (compareAndSet(RingLayout.TAIL_OFFSET, position, position + 1)) {
          return position;
        }
      }
      long now = getAcquire(RingLayout.TAIL_OFFSET);
      if (now == position && sequence != layout.free(position)) {
        return fullAt(sequence, position);
      }
      position = now;
    }
  }

  /** The tail stood still while its cell was not free: full, or impossible. */
  private long fullAt(long sequence, long position) {
    if (!isOneLapBehind(sequence, position)) {
      throw impossible(sequence, position);
    }
    slot.setPosition(RingSlot.IDLE);
    return FULL;
  }

  @Override
  public void commit() {
    finish(RingLayout.KIND_DATA);
  }

  @Override
  public void stage() {
    commit();
  }

  @Override
  public void publish() {
    // Nothing is held back.
  }

  /** Consumers pass over the cell; its space comes back when they do. */
  @Override
  public void abort() {
    finish(RingLayout.KIND_ABORTED);
  }

  private void finish(int kind) {
    requireClaimed();
    long cellOffset = cellOffset(claimed);
    setWord(cellOffset + RingLayout.CELL_RECORD_OFFSET, RingLayout.header(claimedByteSize, kind));
    setRelease(cellOffset, layout.committed(claimed));
    claimed = UNCLAIMED;
    if (wakeUp != null) {
      consumers.wake(wakeUp);
    }
  }

  @Override
  public boolean hasRoom(int byteSize) {
    requireSize(byteSize);
    long position = getAcquire(RingLayout.TAIL_OFFSET);
    return !isOneLapBehind(sequenceAt(position), position);
  }

  @Override
  public void wakesThrough(RingWakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public boolean awaitRoom(int byteSize, Waiting waiting, long timeoutNanos)
      throws InterruptedException {
    return hasRoom(byteSize) || producers.await(() -> hasRoom(byteSize), waiting, timeoutNanos);
  }

  @Override
  void leave() {
    if (claimed != UNCLAIMED) {
      abort();
    }
  }

  private void requireClaimable(int byteSize) {
    requireOpen();
    if (claimed != UNCLAIMED) {
      throw new IllegalStateException("a claim is open: byteSize=" + claimedByteSize);
    }
    requireSize(byteSize);
  }

  private void requireSize(int byteSize) {
    if (byteSize < 0 || byteSize > maxPayloadByteSize) {
      throw new IllegalArgumentException(
          "payload does not fit this ring: byteSize=%d maxPayloadByteSize=%d"
              .formatted(byteSize, maxPayloadByteSize));
    }
  }

  private void requireClaimed() {
    if (claimed == UNCLAIMED) {
      throw new IllegalStateException("no claim is open: slot=" + slot.byteOffset());
    }
  }
}
