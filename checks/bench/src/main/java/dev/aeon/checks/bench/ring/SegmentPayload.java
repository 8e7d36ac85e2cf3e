package dev.aeon.checks.bench.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Payloads in a memory segment, eight words at a time. */
final class SegmentPayload {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
  private static final int STRIDE = Ring.STRIDE_BYTES;

  private SegmentPayload() {}

  static void write(MemorySegment memory, long byteOffset, int byteSize, long first) {
    for (int at = 0; at < byteSize; at += STRIDE) {
      long offset = byteOffset + at;
      long word = first + (at >> 3);
      memory.set(WORD, offset, word);
      memory.set(WORD, offset + 8, word + 1);
      memory.set(WORD, offset + 16, word + 2);
      memory.set(WORD, offset + 24, word + 3);
      memory.set(WORD, offset + 32, word + 4);
      memory.set(WORD, offset + 40, word + 5);
      memory.set(WORD, offset + 48, word + 6);
      memory.set(WORD, offset + 56, word + 7);
    }
  }

  static long sum(MemorySegment memory, long byteOffset, int byteSize) {
    long sum = 0;
    for (int at = 0; at < byteSize; at += STRIDE) {
      long offset = byteOffset + at;
      sum +=
          memory.get(WORD, offset)
              + memory.get(WORD, offset + 8)
              + memory.get(WORD, offset + 16)
              + memory.get(WORD, offset + 24)
              + memory.get(WORD, offset + 32)
              + memory.get(WORD, offset + 40)
              + memory.get(WORD, offset + 48)
              + memory.get(WORD, offset + 56);
    }
    return sum;
  }

  static long first(MemorySegment memory, long byteOffset) {
    return memory.get(WORD, byteOffset);
  }
}
