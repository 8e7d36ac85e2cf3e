package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Reads records one behind the other. Tail and record header are each read once, checked once, and
 * never leave the ring whatever a producer wrote there.
 */
abstract class RecordReader extends PaddedEndpoint implements RingConsumer {
  private static final int UNPEEKED = -1;

  private static final long WORTHWHILE_BYTES = 64 << 10;
  private static final long WORTHWHILE_PARTS = 16;

  private long head;
  private long headAtLastLook;
  private int gatheringSpins;
  private long publishedHead;
  private long cachedTail;
  private int peekedByteSize = UNPEEKED;

  private final long headOffset;
  private final long worthwhileBytes;
  private final SleepFlag consumers;
  private final SleepFlag producers;
  private @Nullable RingSignal signal;

  RecordReader(MemorySegment segment, long capacity, long headOffset, long tail, long head) {
    super(segment, capacity);
    this.headOffset = headOffset;
    this.worthwhileBytes = Math.min(WORTHWHILE_BYTES, capacity / WORTHWHILE_PARTS);
    this.consumers = new SleepFlag(segment, RingLayout.CONSUMERS_SLEEP_OFFSET);
    this.producers = new SleepFlag(segment, RingLayout.PRODUCERS_SLEEP_OFFSET);
    this.head = head;
    this.publishedHead = head;
    this.cachedTail = tail;
  }

  /**
   * Lets records gather: where the last look at the ring brought less than 64 KiB, or less than a
   * sixteenth of the ring, the next one is made after so many spins. Throughput between two
   * processors doubles, a record comes later by that long at the most. 0 by default: every call
   * looks at once.
   *
   * @param spins 0 or more, some 20 nanoseconds each
   * @throws IllegalArgumentException for fewer than none
   */
  public final void gatherFor(int spins) {
    if (spins < 0) {
      throw new IllegalArgumentException("spins are fewer than none: spins=" + spins);
    }
    gatheringSpins = spins;
  }

  /** Bytes ever released, headers and padding included. */
  public final long position() {
    return head;
  }

  /**
   * Called before and after a record is read.
   *
   * @throws RuntimeException where this end may read no more
   */
  void requireReadable() {}

  @Override
  public final long peek() {
    requireReadable();
    if (peekedByteSize != UNPEEKED) {
      return offsetOf(head) + RingLayout.RECORD_HEADER_BYTES;
    }
    if (!isBehindTail()) {
      return EMPTY;
    }
    long header = readHeader(head);
    if (RingLayout.kindOf(header) == RingLayout.KIND_PADDING) {
      header = skipPadding(header);
    }
    peekedByteSize = RingLayout.byteSizeOf(header);
    return offsetOf(head) + RingLayout.RECORD_HEADER_BYTES;
  }

  @Override
  public final int peekedByteSize() {
    requirePeeked();
    return peekedByteSize;
  }

  @Override
  public final void release() {
    advance();
    publish();
  }

  @Override
  public final int drain(RecordHandler handler, int limit) {
    int drained = 0;
    try {
      while (drained < limit && drainOne(handler)) {
        drained++;
      }
    } finally {
      publish();
    }
    return drained;
  }

  @Override
  public final boolean hasRecord() {
    return peekedByteSize != UNPEEKED || isBehindTail();
  }

  @Override
  public final void wakesThrough(RingSignal signal) {
    this.signal = signal;
  }

  /**
   * Says in the ring that this end is about to sleep: a writer that was told of a signal then gives
   * it with its next record. Look once more before sleeping.
   */
  public final void announceSleep() {
    consumers.raise();
  }

  @Override
  public final boolean await(Waiting waiting, long timeoutNanos) throws InterruptedException {
    return hasRecord() || consumers.await(this::hasRecord, waiting, timeoutNanos);
  }

  private boolean drainOne(RecordHandler handler) {
    long byteOffset = peek();
    if (byteOffset == EMPTY) {
      return false;
    }
    handler.onRecord(segment, byteOffset, peekedByteSize);
    advance();
    // A producer waiting for space need not wait for the whole batch.
    if (head - publishedHead >= capacity / 8) {
      publish();
    }
    return true;
  }

  private void advance() {
    requirePeeked();
    requireReadable();
    head += RingLayout.recordByteSize(peekedByteSize);
    peekedByteSize = UNPEEKED;
  }

  private void publish() {
    if (publishedHead != head) {
      setRelease(headOffset, head);
      publishedHead = head;
      if (signal != null) {
        producers.wake(signal);
      }
    }
  }

  private boolean isBehindTail() {
    if (head == cachedTail) {
      lookForMore();
    }
    return head != cachedTail;
  }

  /**
   * Each look takes the tail's cache line away from the producer, and it waits to get it back: a
   * reader that keeps up makes the two wait for each other at every record.
   */
  private void lookForMore() {
    if (head - headAtLastLook < worthwhileBytes) {
      for (int spin = 0; spin < gatheringSpins; spin++) {
        Thread.onSpinWait();
      }
    }
    headAtLastLook = head;
    cachedTail = readTail();
  }

  private long readTail() {
    long tail = getAcquire(RingLayout.TAIL_OFFSET);
    if (tail < cachedTail || tail - head > capacity || tail % RingLayout.RECORD_ALIGNMENT != 0) {
      throw corrupted(
          "tail is not one that the producer can reach: tail=%d capacity=%d"
              .formatted(tail, capacity),
          head);
    }
    return tail;
  }

  /** One read of the whole header, so that what is checked is what is used. */
  private long readHeader(long position) {
    long header = getWord(offsetOf(position));
    int byteSize = RingLayout.byteSizeOf(header);
    long room = Math.min(cachedTail - position, bytesToEnd(position));
    if (byteSize < 0 || RingLayout.recordByteSize(byteSize) > room) {
      throw corrupted(
          "record reaches beyond what was written: byteSize=%d room=%d".formatted(byteSize, room),
          position);
    }
    requireKind(RingLayout.kindOf(header), position);
    return header;
  }

  private long skipPadding(long padding) {
    long next = head + RingLayout.recordByteSize(RingLayout.byteSizeOf(padding));
    if (bytesToEnd(next) != capacity || bytesToEnd(head) == capacity || next == cachedTail) {
      throw corrupted("padding is not followed by a record at the start:", head);
    }
    long header = readHeader(next);
    if (RingLayout.kindOf(header) != RingLayout.KIND_DATA) {
      throw corrupted("padding follows padding:", next);
    }
    head = next;
    return header;
  }

  private void requireKind(int kind, long position) {
    if (kind != RingLayout.KIND_DATA && kind != RingLayout.KIND_PADDING) {
      throw corrupted("record is of no known kind: kind=" + kind, position);
    }
  }

  /** What an end reads that may no longer read means nothing. */
  private RingCorruptedException corrupted(String violation, long position) {
    requireReadable();
    return new RingCorruptedException(violation, position);
  }

  private void requirePeeked() {
    if (peekedByteSize == UNPEEKED) {
      throw new IllegalStateException("no record is peeked: position=" + head);
    }
  }
}
