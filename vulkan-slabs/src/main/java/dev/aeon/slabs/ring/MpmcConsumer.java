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
  private final long intentOffset;
  private final long intentCountOffset;

  /** What the cells said when they were taken, by the low bits of their positions. */
  private final int[] states = new int[MAX_BATCH];

  /** Positions from this one on, up to the end, are taken and not yet released. */
  private long next;

  private long end;
  private int lastCount;
  private int gatheringSpins;
  private int peekedByteSize = UNPEEKED;
  private @Nullable RingSignal signal;

  MpmcConsumer(MpmcLayout layout, RingSlot slot) {
    super(layout, slot);
    this.maxPayloadByteSize = layout.maxPayloadByteSize();
    this.intentOffset = slot.positionOffset();
    this.intentCountOffset = slot.countOffset();
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
    requireOpen();
    return peekedByteSize != UNPEEKED || advance(1) ? payloadOffset(next) : EMPTY;
  }

  /** Goes on to the next record that is not an aborted one, of those taken or of up to so many. */
  private boolean advance(int batch) {
    while (next != end || takeCells(batch)) {
      int state = states[(int) next & (MAX_BATCH - 1)];
      if (state >= 0 && state <= maxPayloadByteSize) {
        peekedByteSize = state;
        return true;
      }
      if (state != CellStamp.ABORTED) {
        throw corrupt(state);
      }
      releaseCell();
    }
    return false;
  }

  /** The record is lost, its cell is not. */
  private RingCorruptedException corrupt(int byteSize) {
    long position = next;
    releaseCell();
    return new RingCorruptedException(
        "record is not one that fits its cell: byteSize=%d maxPayloadByteSize=%d"
            .formatted(byteSize, maxPayloadByteSize),
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
      int count = readFinished(position, batch);
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

  /** Each stamp is read once: what is looked at here is what is handed out. */
  private int readFinished(long first, int limit) {
    for (int count = 0; count < limit; count++) {
      long position = first + count;
      long stamp = stampAt(position);
      if (!CellStamp.isFinished(stamp, position)) {
        return count;
      }
      states[(int) position & (MAX_BATCH - 1)] = CellStamp.state(stamp);
    }
    return limit;
  }

  /**
   * Says which positions this end is about to take. It must be seen before they are taken: the
   * compare-and-set that follows sees to that.
   */
  private void intend(long position, long count) {
    setWord(intentCountOffset, count);
    setRelease(intentOffset, position);
  }

  /** The head stood still while its cell was not finished: empty, or impossible. */
  private boolean nothingAt(long position) {
    long stamp = stampAt(position);
    boolean possible =
        CellStamp.turnsAfter(stamp, position) == 0
            || isOneLapBehind(stamp, position)
            || getAcquire(RingLayout.HEAD_OFFSET) != position;
    if (!possible) {
      throw impossible(stamp, position);
    }
    slot.setPosition(RingSlot.IDLE);
    return false;
  }

  private void releaseCell() {
    setRelease(cellOffset(next), CellStamp.of(layout.nextLap(next), CellStamp.FREE));
    next++;
    if (signal != null) {
      producers.wake(signal);
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
    requireOpen();
    int drained = 0;
    while (drained < limit && hasPeeked(Math.min(limit - drained, MAX_BATCH))) {
      handler.onRecord(segment, payloadOffset(next), peekedByteSize);
      peekedByteSize = UNPEEKED;
      releaseCell();
      drained++;
    }
    return drained;
  }

  private boolean hasPeeked(int batch) {
    return peekedByteSize != UNPEEKED || advance(batch);
  }

  @Override
  public boolean hasRecord() {
    if (peekedByteSize != UNPEEKED || next != end) {
      return true;
    }
    long position = getAcquire(RingLayout.HEAD_OFFSET);
    return CellStamp.isFinished(stampAt(position), position);
  }

  @Override
  public void wakesThrough(RingSignal signal) {
    this.signal = signal;
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
