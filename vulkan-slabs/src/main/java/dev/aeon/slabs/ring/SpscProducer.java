package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/** The writing end of an {@link SpscRing}. */
public final class SpscProducer extends RecordWriter {
  private static final long ABANDONED = -1;

  SpscProducer(MemorySegment segment, long capacity, long tail, long head) {
    super(segment, capacity, tail, head);
  }

  /** Leaves the ring for good: readers find a tail that no writer reaches. */
  void abandon() {
    setRelease(RingLayout.TAIL_OFFSET, ABANDONED);
  }

  /** The head lies in shared memory: only a value between the last one and the tail is believed. */
  @Override
  long readHead(long tail, long lastHead) {
    long head = getAcquire(RingLayout.HEAD_OFFSET);
    if (head < lastHead || head > tail || head % RingLayout.RECORD_ALIGNMENT != 0) {
      throw new RingCorruptedException(
          "head is not one that the consumer can reach: head=%d lastHead=%d"
              .formatted(head, lastHead),
          tail);
    }
    return head;
  }
}
