package dev.aeon.slabs.ring;

import org.jspecify.annotations.Nullable;

/**
 * A writing end of an {@link MpmcRing}. Every commit shows its record at once: {@link #stage} does
 * the same, and {@link #publish} has nothing to do.
 */
public final class MpmcProducer extends MpmcEndpoint implements RingProducer {
  private static final long UNCLAIMED = -1;

  /** The tail is only where to begin to look: told with every so many records, a power of two. */
  private static final long TAIL_STRIDE = 16;

  private final int maxPayloadByteSize;
  private final int claimState;
  private final Contention contention = new Contention();

  /** Where the next free cell is, unless others were faster. */
  private long expected;

  private long claimed = UNCLAIMED;
  private int claimedByteSize;
  private boolean wasFull;
  private @Nullable RingSignal signal;

  MpmcProducer(MpmcLayout layout, RingSlot slot) {
    super(layout, slot);
    this.maxPayloadByteSize = layout.maxPayloadByteSize();
    this.claimState = CellStamp.claimedBy(layout.indexOf(slot));
    this.expected = getAcquire(RingLayout.TAIL_OFFSET);
  }

  @Override
  public int maxPayloadByteSize() {
    return maxPayloadByteSize;
  }

  @Override
  public long claim(int byteSize) {
    requireClaimable(byteSize);
    if ((wasFull || !takeCell(expected)) && !takeNextCell()) {
      return FULL;
    }
    claimed = expected++;
    claimedByteSize = byteSize;
    if ((claimed & (TAIL_STRIDE - 1)) == 0) {
      tellTail();
    }
    return payloadOffset(claimed);
  }

  private boolean takeCell(long position) {
    return compareAndSet(
        cellOffset(position),
        CellStamp.of(position, CellStamp.FREE),
        CellStamp.of(position, claimState));
  }

  /** After another was faster: false where no cell is free from the expected position on. */
  private boolean takeNextCell() {
    boolean isLost = !wasFull;
    do {
      if (isLost) {
        contention.giveWay(expected);
      }
      wasFull = !findFreeCell();
      isLost = !wasFull && !takeCell(expected);
    } while (isLost);
    return !wasFull;
  }

  /** Moves the expected position to the first cell that is free; false where the ring is full. */
  private boolean findFreeCell() {
    expected = Math.max(expected, getAcquire(RingLayout.TAIL_OFFSET));
    while (true) {
      long stamp = stampAt(expected);
      int turnsAfter = CellStamp.turnsAfter(stamp, expected);
      if (turnsAfter == 0 && CellStamp.state(stamp) == CellStamp.FREE) {
        return true;
      }
      if (turnsAfter < 0) {
        return fullAt(stamp);
      }
      // One lap before its turn the cell was somebody's: the first free one comes after that.
      expected += Math.max(1, turnsAfter - layout.cellCount() + 1);
    }
  }

  private boolean fullAt(long stamp) {
    if (!isOneLapBehind(stamp, expected)) {
      throw impossible(stamp, expected);
    }
    return false;
  }

  /** Never backwards, but for what others told meanwhile. */
  private void tellTail() {
    if (getAcquire(RingLayout.TAIL_OFFSET) < expected) {
      setRelease(RingLayout.TAIL_OFFSET, expected);
    }
  }

  @Override
  public void commit() {
    finish(claimedByteSize);
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
    finish(CellStamp.ABORTED);
  }

  private void finish(int state) {
    requireClaimed();
    setRelease(cellOffset(claimed), CellStamp.of(claimed, state));
    claimed = UNCLAIMED;
    if (signal != null) {
      consumers.wake(signal);
    }
  }

  @Override
  public boolean hasRoom(int byteSize) {
    requireSize(byteSize);
    wasFull = !findFreeCell();
    return !wasFull;
  }

  @Override
  public void wakesThrough(RingSignal signal) {
    this.signal = signal;
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
