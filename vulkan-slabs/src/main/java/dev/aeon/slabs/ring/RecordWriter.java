package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Writes records one behind the other, as far as the heads of readers let it. */
abstract class RecordWriter extends PaddedEndpoint implements RingProducer {
  private static final int UNCLAIMED = -1;

  private long tail;
  private long cachedHead;
  private long claimedPadding;
  private int claimedByteSize = UNCLAIMED;

  private final SleepFlag consumers;
  private final SleepFlag producers;
  private @Nullable RingSignal signal;

  RecordWriter(MemorySegment segment, long capacity, long tail, long head) {
    super(segment, capacity);
    this.tail = tail;
    this.cachedHead = head;
    this.consumers = new SleepFlag(segment, RingLayout.CONSUMERS_SLEEP_OFFSET);
    this.producers = new SleepFlag(segment, RingLayout.PRODUCERS_SLEEP_OFFSET);
  }

  /**
   * The least position that a reader has not released, read anew.
   *
   * @param tail what readers cannot have gone beyond
   * @param lastHead what none can have gone back behind
   */
  abstract long readHead(long tail, long lastHead);

  @Override
  public final int maxPayloadByteSize() {
    return RingLayout.maxPayloadByteSize(capacity);
  }

  /** Bytes ever written, headers and padding included. */
  public final long position() {
    return tail;
  }

  @Override
  public final long claim(int byteSize) {
    requireClaimable(byteSize);
    long recordByteSize = RingLayout.recordByteSize(byteSize);
    long padding = paddingBefore(recordByteSize);
    if (!hasSpace(padding + recordByteSize)) {
      // What is staged may be all that fills the ring: unseen, it would never be released.
      publish();
      return FULL;
    }
    claimedPadding = padding;
    claimedByteSize = byteSize;
    return offsetOf(tail + padding) + RingLayout.RECORD_HEADER_BYTES;
  }

  @Override
  public final void commit() {
    stage();
    publish();
  }

  @Override
  public final void stage() {
    requireClaimed();
    if (claimedPadding > 0) {
      appendRecord(
          (int) (claimedPadding - RingLayout.RECORD_HEADER_BYTES), RingLayout.KIND_PADDING);
    }
    appendRecord(claimedByteSize, RingLayout.KIND_DATA);
    claimedByteSize = UNCLAIMED;
  }

  @Override
  public final void publish() {
    setRelease(RingLayout.TAIL_OFFSET, tail);
    if (signal != null) {
      consumers.wake(signal);
    }
  }

  @Override
  public final void abort() {
    requireClaimed();
    claimedByteSize = UNCLAIMED;
  }

  @Override
  public final boolean hasRoom(int byteSize) {
    requireSize(byteSize);
    return hasSpace(
        paddingBefore(RingLayout.recordByteSize(byteSize)) + RingLayout.recordByteSize(byteSize));
  }

  @Override
  public final void wakesThrough(RingSignal signal) {
    this.signal = signal;
  }

  /**
   * Says in the ring that this end is about to sleep: a reader that was told of a signal then gives
   * it when it next releases. Look once more before sleeping.
   */
  public final void announceSleep() {
    producers.raise();
  }

  @Override
  public final boolean awaitRoom(int byteSize, Waiting waiting, long timeoutNanos)
      throws InterruptedException {
    if (hasRoom(byteSize)) {
      return true;
    }
    publish();
    return producers.await(() -> hasRoom(byteSize), waiting, timeoutNanos);
  }

  private long paddingBefore(long recordByteSize) {
    long toEnd = bytesToEnd(tail);
    return toEnd < recordByteSize ? toEnd : 0;
  }

  private void appendRecord(int byteSize, int kind) {
    setWord(offsetOf(tail), RingLayout.header(byteSize, kind));
    tail += RingLayout.recordByteSize(byteSize);
  }

  private boolean hasSpace(long byteSize) {
    if (byteSize <= cachedHead + capacity - tail) {
      return true;
    }
    cachedHead = readHead(tail, cachedHead);
    return byteSize <= cachedHead + capacity - tail;
  }

  private void requireClaimable(int byteSize) {
    if (claimedByteSize != UNCLAIMED) {
      throw new IllegalStateException("a claim is open: byteSize=" + claimedByteSize);
    }
    requireSize(byteSize);
  }

  private void requireSize(int byteSize) {
    if (byteSize < 0 || byteSize > maxPayloadByteSize()) {
      throw new IllegalArgumentException(
          "payload does not fit this ring: byteSize=%d maxPayloadByteSize=%d"
              .formatted(byteSize, maxPayloadByteSize()));
    }
  }

  private void requireClaimed() {
    if (claimedByteSize == UNCLAIMED) {
      throw new IllegalStateException("no claim is open: position=" + tail);
    }
  }
}
