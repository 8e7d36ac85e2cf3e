package dev.aeon.slabs.ring;

import org.jspecify.annotations.Nullable;

/**
 * A reading end of an {@link MpmcRing}. {@link #drain} takes several records in one step, which
 * then are its own: where the handler throws, the rest come first with the next call.
 */
public final class MpmcConsumer extends MpmcEndpoint implements RingConsumer {
  private static final int UNPEEKED = -1;
  private static final int MAX_BATCH = 32;

  private final int maxPayloadByteSize;

  /** Positions from this one on, up to the end, are taken and not yet released. */
  private long next;

  private long end;
  private int lastCount;
  private int gatheringSpins;
  private int peekedByteSize = UNPEEKED;
  private @Nullable RingWakeUp wakeUp;

  MpmcConsumer(MpmcLayout layout, RingSlot slot) {
    super(layout, slot);
    this.maxPayloadByteSize = layout.maxPayloadByteSize();
  }

  /**
   * Lets records gather: where the last look at the ring brought less than {@link #drain} takes in
   * one step, the next one is made after so many spins. A look takes the cell that a producer is
   * about to write away from it; a record comes later by that long at the most. 0 by default: every
   * call looks at once.
   *
   * @param spins 0 or more, some 20 nanoseconds each
   * @throws IllegalArgumentException for fewer than none
   */
  public void gatherFor(int spins) {
    if (spins < 0) {
      throw new IllegalArgumentException("spins are fewer than none: spins=" + spins);
    }
    gatheringSpins = spins;
  }

  @Override
  public long peek() {
    return peekUpTo(1);
  }

  private long peekUpTo(int batch) {
    requireOpen();
    if (peekedByteSize != UNPEEKED) {
      return payloadOffset(next);
    }
    while (next != end || takeCells(batch)) {
      if (readRecord()) {
        return payloadOffset(next);
      }
      releaseCell();
    }
    return EMPTY;
  }

  /** Whether the record of the next cell is there to be handed out; false for an aborted one. */
  private boolean readRecord() {
    long header = getWord(recordOffset(next));
    int byteSize = RingLayout.byteSizeOf(header);
    int kind = RingLayout.kindOf(header);
    boolean possible = kind == RingLayout.KIND_DATA || kind == RingLayout.KIND_ABORTED;
    if (!possible || byteSize < 0 || byteSize > maxPayloadByteSize) {
      throw corrupt(byteSize, kind);
    }
    if (kind == RingLayout.KIND_ABORTED) {
      return false;
    }
    peekedByteSize = byteSize;
    return true;
  }

  /** The record is lost, its cell is not. */
  private RingCorruptedException corrupt(int byteSize, int kind) {
    long position = next;
    releaseCell();
    return new RingCorruptedException(
        "record is not one that fits its cell: byteSize=%d kind=%d maxPayloadByteSize=%d"
            .formatted(byteSize, kind, maxPayloadByteSize),
        position);
  }

  private void gather(int batch) {
    if (lastCount < batch) {
      for (int spin = 0; spin < gatheringSpins; spin++) {
        Thread.onSpinWait();
      }
    }
    lastCount = 0;
  }

  private boolean takeCells(int batch) {
    gather(batch);
    long position = getAcquire(RingLayout.HEAD_OFFSET);
    while (true) {
      int count = countCommitted(position, batch);
      if (count > 0) {
        intend(position, count);
        if (compareAndSet(RingLayout.HEAD_OFFSET, position, position + count)) {
          next = position;
          end = position + count;
          lastCount = count;
          return true;
        }
      }
      long now = getAcquire(RingLayout.HEAD_OFFSET);
      if (now == position && count == 0) {
        return nothingAt(position);
      }
      position = now;
    }
  }

  private int countCommitted(long position, int limit) {
    int count = 0;
    while (count < limit && sequenceAt(position + count) == layout.committed(position + count)) {
      count++;
    }
    return count;
  }

  /** The head stood still while its cell was not committed: empty, or impossible. */
  private boolean nothingAt(long position) {
    long sequence = sequenceAt(position);
    boolean possible =
        sequence == layout.committed(position)
            || sequence == layout.free(position)
            || isOneLapBehind(sequence, position)
            || getAcquire(RingLayout.HEAD_OFFSET) != position;
    if (!possible) {
      throw impossible(sequence, position);
    }
    slot.setPosition(RingSlot.IDLE);
    return false;
  }

  private void releaseCell() {
    setRelease(cellOffset(next), released(next));
    next++;
    if (wakeUp != null) {
      producers.wake(wakeUp);
    }
  }

  @Override
  public int peekedByteSize() {
    requirePeeked();
    return peekedByteSize;
  }

  @Override
  public void release() {
    requirePeeked();
    peekedByteSize = UNPEEKED;
    releaseCell();
  }

  @Override
  public int drain(RecordHandler handler, int limit) {
    int drained = 0;
    while (drained < limit) {
      long byteOffset = peekUpTo(Math.min(limit - drained, MAX_BATCH));
      if (byteOffset == EMPTY) {
        return drained;
      }
      handler.onRecord(segment, byteOffset, peekedByteSize);
      release();
      drained++;
    }
    return drained;
  }

  @Override
  public boolean hasRecord() {
    if (peekedByteSize != UNPEEKED || next != end) {
      return true;
    }
    long position = getAcquire(RingLayout.HEAD_OFFSET);
    return sequenceAt(position) == layout.committed(position);
  }

  @Override
  public void wakesThrough(RingWakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  @Override
  public boolean await(Waiting waiting, long timeoutNanos) throws InterruptedException {
    return hasRecord() || consumers.await(this::hasRecord, waiting, timeoutNanos);
  }

  /** Records that were taken and not released are lost with their end. */
  @Override
  void leave() {
    peekedByteSize = UNPEEKED;
    while (next != end) {
      releaseCell();
    }
  }

  private void requirePeeked() {
    if (peekedByteSize == UNPEEKED) {
      throw new IllegalStateException("no record is peeked: slot=" + slot.byteOffset());
    }
  }
}
