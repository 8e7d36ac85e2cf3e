package dev.aeon.slabs.ring;

import java.lang.foreign.MemorySegment;

/** The reading end of an {@link SpscRing}. */
public final class SpscConsumer extends RecordReader {
  SpscConsumer(MemorySegment segment, long capacity, long tail, long head) {
    super(segment, capacity, RingLayout.HEAD_OFFSET, tail, head);
  }
}
