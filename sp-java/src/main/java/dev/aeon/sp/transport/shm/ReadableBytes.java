package dev.aeon.sp.transport.shm;

import java.lang.foreign.MemorySegment;

/** What is there to be read of a ring: in its bytes, or beside its tail. */
final class ReadableBytes {
  private final MemorySegment region;
  private final long capacity;

  ReadableBytes(MemorySegment region, long capacity) {
    this.region = region;
    this.capacity = capacity;
  }

  /**
   * Copies bytes from {@code head} on, as far as they are in one place: the ring may not have those
   * of the last write yet.
   *
   * @param byteCount the most, at least 1, and no further than {@code tail}
   * @param tail as it was seen last
   * @return how many, at least 1
   */
  long copy(MemorySegment to, long byteOffset, long byteCount, long head, long tail) {
    long start = LastWrite.start(region);
    if (start > head) {
      long count = Math.min(byteCount, start - head);
      copyFromRing(to, byteOffset, count, head);
      return count;
    }
    if (!LastWrite.copy(region, to, byteOffset, byteCount, head, tail, start)) {
      copyFromRing(to, byteOffset, byteCount, head);
    }
    return byteCount;
  }

  private void copyFromRing(MemorySegment to, long byteOffset, long byteCount, long head) {
    long at = head & (capacity - 1);
    long first = Math.min(byteCount, capacity - at);
    MemorySegment.copy(region, RingLayout.BYTES_AT + at, to, byteOffset, first);
    if (first < byteCount) {
      MemorySegment.copy(region, RingLayout.BYTES_AT, to, byteOffset + first, byteCount - first);
    }
  }
}
