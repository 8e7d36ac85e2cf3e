package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/** The reading end of an {@link SpscRing}. */
public final class SpscConsumer extends RecordReader {
  private static final long ABANDONED = -1;

  SpscConsumer(MemorySegment segment, long capacity, long tail, long head) {
    super(segment, capacity, RingLayout.HEAD_OFFSET, tail, head);
  }

  /** Leaves the ring for good: writers find a head that no reader reaches. */
  void abandon() {
    setRelease(RingLayout.HEAD_OFFSET, ABANDONED);
  }
}
