package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/**
 * The writing end of an {@link SpscRing}, for one thread at a time. Claim space, write the payload
 * into {@link #segment} there, then commit or abort. Data plane: allocates nothing.
 */
public final class RingProducer extends PaddedEndpoint {
  /** What {@link #claim} returns where the record does not fit for now. */
  public static final long FULL = -1;

  private static final int UNCLAIMED = -1;

  private long tail;
  private long cachedHead;
  private long claimedPadding;
  private int claimedByteSize = UNCLAIMED;

  RingProducer(MemorySegment segment, long capacity, long tail, long head) {
    super(segment, capacity);
    this.tail = tail;
    this.cachedHead = head;
  }

  /** The largest payload, in bytes, that {@link #claim} grants. */
  public int maxPayloadByteSize() {
    return RingLayout.maxPayloadByteSize(capacity);
  }

  /** Bytes ever written, headers and padding included. */
  public long position() {
    return tail;
  }

  /**
   * Reserves space for a payload of {@code byteSize} bytes, invisible to the consumer.
   *
   * @return the byte offset of the payload in {@link #segment}, a multiple of 8, or {@link #FULL}
   * @throws IllegalArgumentException for a size below 0 or above {@link #maxPayloadByteSize}
   * @throws IllegalStateException where a claim is open, or the slab closed
   * @throws RingCorruptedException where the consumer's head is impossible
   */
  public long claim(int byteSize) {
    requireClaimable(byteSize);
    long recordByteSize = RingLayout.recordByteSize(byteSize);
    long toEnd = bytesToEnd(tail);
    long padding = toEnd < recordByteSize ? toEnd : 0;
    if (!hasSpace(padding + recordByteSize)) {
      // What is staged may be all that fills the ring: unseen, it would never be released.
      publish();
      return FULL;
    }
    claimedPadding = padding;
    claimedByteSize = byteSize;
    return offsetOf(tail + padding) + RingLayout.RECORD_HEADER_BYTES;
  }

  /** Makes the claimed record, and all staged before it, visible to the consumer. */
  public void commit() {
    stage();
    publish();
  }

  /**
   * Completes the claimed record but shows it with the next {@link #publish} or {@link #commit}.
   */
  public void stage() {
    requireClaimed();
    if (claimedPadding > 0) {
      appendRecord(
          (int) (claimedPadding - RingLayout.RECORD_HEADER_BYTES), RingLayout.KIND_PADDING);
    }
    appendRecord(claimedByteSize, RingLayout.KIND_DATA);
    claimedByteSize = UNCLAIMED;
  }

  /** Makes all staged records visible to the consumer. */
  public void publish() {
    setRelease(RingLayout.TAIL_OFFSET, tail);
  }

  /** Gives the claim back; the consumer never sees it. */
  public void abort() {
    requireClaimed();
    claimedByteSize = UNCLAIMED;
  }

  /**
   * Copies {@code payload} into the ring as one record and commits it.
   *
   * @return false where the ring is full for now
   */
  public boolean offer(MemorySegment payload) {
    int byteSize = (int) Math.min(Integer.MAX_VALUE, payload.byteSize());
    long byteOffset = claim(byteSize);
    if (byteOffset == FULL) {
      return false;
    }
    MemorySegment.copy(payload, 0, segment, byteOffset, byteSize);
    commit();
    return true;
  }

  private void appendRecord(int byteSize, int kind) {
    setWord(offsetOf(tail), RingLayout.header(byteSize, kind));
    tail += RingLayout.recordByteSize(byteSize);
  }

  private boolean hasSpace(long byteSize) {
    if (byteSize <= cachedHead + capacity - tail) {
      return true;
    }
    cachedHead = readHead();
    return byteSize <= cachedHead + capacity - tail;
  }

  /** The head lies in shared memory: only a value between the last one and the tail is believed. */
  private long readHead() {
    long head = getAcquire(RingLayout.HEAD_OFFSET);
    if (head < cachedHead || head > tail || head % RingLayout.RECORD_ALIGNMENT != 0) {
      throw new RingCorruptedException(
          "head is not one that the consumer can reach: head=%d lastHead=%d"
              .formatted(head, cachedHead),
          tail);
    }
    return head;
  }

  private void requireClaimable(int byteSize) {
    if (claimedByteSize != UNCLAIMED) {
      throw new IllegalStateException("a claim is open: byteSize=" + claimedByteSize);
    }
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
