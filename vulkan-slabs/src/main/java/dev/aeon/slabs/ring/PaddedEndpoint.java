package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/**
 * Keeps the fields of a subclass 128 bytes from those of any neighbour: with both endpoints' fields
 * on one cache line, the rate of a ring halves and varies from run to run.
 */
abstract class PaddedEndpoint {
  long p00, p01, p02, p03, p04, p05, p06, p07;
  long p08, p09, p10, p11, p12, p13, p14, p15;

  final MemorySegment segment;
  final long capacity;

  PaddedEndpoint(MemorySegment segment, long capacity) {
    this.segment = segment;
    this.capacity = capacity;
  }

  /** The memory that offsets of this endpoint count in. */
  public final MemorySegment segment() {
    return segment;
  }

  final long getAcquire(long byteOffset) {
    return (long) RingLayout.WORD.getAcquire(segment, byteOffset);
  }

  final void setRelease(long byteOffset, long value) {
    RingLayout.WORD.setRelease(segment, byteOffset, value);
  }

  final long getWord(long byteOffset) {
    return (long) RingLayout.WORD.get(segment, byteOffset);
  }

  final boolean compareAndSet(long byteOffset, long expected, long value) {
    return RingLayout.WORD.compareAndSet(segment, byteOffset, expected, value);
  }

  final void setWord(long byteOffset, long value) {
    RingLayout.WORD.set(segment, byteOffset, value);
  }

  /** Where a position's byte lies in the segment. */
  final long offsetOf(long position) {
    return RingLayout.DATA_OFFSET + (position & (capacity - 1));
  }

  final long bytesToEnd(long position) {
    return capacity - (position & (capacity - 1));
  }
}
