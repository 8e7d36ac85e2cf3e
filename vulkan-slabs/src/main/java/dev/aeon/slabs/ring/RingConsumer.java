package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/**
 * The reading end of an {@link SpscRing}, for one thread at a time. It believes nothing in shared
 * memory: tail and record header are each read once, checked once, and never leave the ring
 * whatever a producer wrote there. Data plane: allocates nothing.
 */
public final class RingConsumer extends PaddedEndpoint {
  /** What {@link #peek} returns where no record is there for now. */
  public static final long EMPTY = -1;

  private static final int UNPEEKED = -1;

  private long head;
  private long publishedHead;
  private long cachedTail;
  private int peekedByteSize = UNPEEKED;

  RingConsumer(MemorySegment segment, long capacity, long tail, long head) {
    super(segment, capacity);
    this.head = head;
    this.publishedHead = head;
    this.cachedTail = tail;
  }

  /** Bytes ever released, headers and padding included. */
  public long position() {
    return head;
  }

  /**
   * Finds the oldest record and leaves it in the ring; calling it again finds the same.
   *
   * @return the byte offset of its payload in {@link #segment}, or {@link #EMPTY}
   * @throws RingCorruptedException where tail or record is not what a producer writes
   * @throws IllegalStateException where the slab is closed
   */
  public long peek() {
    if (peekedByteSize != UNPEEKED) {
      return offsetOf(head) + RingLayout.RECORD_HEADER_BYTES;
    }
    if (!hasRecord()) {
      return EMPTY;
    }
    long header = readHeader(head);
    if (RingLayout.kindOf(header) == RingLayout.KIND_PADDING) {
      header = skipPadding(header);
    }
    peekedByteSize = RingLayout.byteSizeOf(header);
    return offsetOf(head) + RingLayout.RECORD_HEADER_BYTES;
  }

  /**
   * Bytes of the payload that {@link #peek} found.
   *
   * @throws IllegalStateException where none was found
   */
  public int peekedByteSize() {
    requirePeeked();
    return peekedByteSize;
  }

  /**
   * Gives the peeked record's space back to the producer.
   *
   * @throws IllegalStateException where none was found
   */
  public void release() {
    advance();
    publish();
  }

  /**
   * Hands out up to {@code limit} records and releases them, in few steps.
   *
   * @return how many records were handed out, 0 where the ring is empty
   * @throws RingCorruptedException as {@link #peek}; what was handed out before stays released
   */
  public int drain(RecordHandler handler, int limit) {
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
    head += RingLayout.recordByteSize(peekedByteSize);
    peekedByteSize = UNPEEKED;
  }

  private void publish() {
    if (publishedHead != head) {
      setRelease(RingLayout.HEAD_OFFSET, head);
      publishedHead = head;
    }
  }

  private boolean hasRecord() {
    if (head == cachedTail) {
      cachedTail = readTail();
    }
    return head != cachedTail;
  }

  private long readTail() {
    long tail = getAcquire(RingLayout.TAIL_OFFSET);
    if (tail < cachedTail || tail - head > capacity || tail % RingLayout.RECORD_ALIGNMENT != 0) {
      throw new RingCorruptedException(
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
      throw new RingCorruptedException(
          "record reaches beyond what was written: byteSize=%d room=%d".formatted(byteSize, room),
          position);
    }
    requireKind(RingLayout.kindOf(header), position);
    return header;
  }

  private long skipPadding(long padding) {
    long next = head + RingLayout.recordByteSize(RingLayout.byteSizeOf(padding));
    if (bytesToEnd(next) != capacity || bytesToEnd(head) == capacity || next == cachedTail) {
      throw new RingCorruptedException("padding is not followed by a record at the start:", head);
    }
    long header = readHeader(next);
    if (RingLayout.kindOf(header) != RingLayout.KIND_DATA) {
      throw new RingCorruptedException("padding follows padding:", next);
    }
    head = next;
    return header;
  }

  private static void requireKind(int kind, long position) {
    if (kind != RingLayout.KIND_DATA && kind != RingLayout.KIND_PADDING) {
      throw new RingCorruptedException("record is of no known kind: kind=" + kind, position);
    }
  }

  private void requirePeeked() {
    if (peekedByteSize == UNPEEKED) {
      throw new IllegalStateException("no record is peeked: position=" + head);
    }
  }
}
