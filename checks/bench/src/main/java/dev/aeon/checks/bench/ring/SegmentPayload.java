package dev.aeon.checks.bench.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Payloads in a memory segment. Of {@link Ring#STRIDE_BYTES} the words are written one by one; the
 * slice is checked once for all of them, and the compiler never makes an object of it.
 */
final class SegmentPayload {
  private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int STRIDE = Ring.STRIDE_BYTES;

  private SegmentPayload() {}

  static void write(MemorySegment memory, long byteOffset, int byteSize, long first) {
    if (byteSize == STRIDE) {
      writeStride(memory.asSlice(byteOffset, STRIDE), first);
    } else {
      WideWords.write(memory, byteOffset, byteSize, first);
    }
  }

  private static void writeStride(MemorySegment words, long first) {
    words.set(WORD, 0, first);
    words.set(WORD, 8, first + 1);
    words.set(WORD, 16, first + 2);
    words.set(WORD, 24, first + 3);
    words.set(WORD, 32, first + 4);
    words.set(WORD, 40, first + 5);
    words.set(WORD, 48, first + 6);
    words.set(WORD, 56, first + 7);
  }

  static long sum(MemorySegment memory, long byteOffset, int byteSize) {
    if (byteSize == STRIDE) {
      return sumOfStride(memory.asSlice(byteOffset, STRIDE));
    }
    return WideWords.sum(memory, byteOffset, byteSize);
  }

  private static long sumOfStride(MemorySegment words) {
    return words.get(WORD, 0)
        + words.get(WORD, 8)
        + words.get(WORD, 16)
        + words.get(WORD, 24)
        + words.get(WORD, 32)
        + words.get(WORD, 40)
        + words.get(WORD, 48)
        + words.get(WORD, 56);
  }

  static long first(MemorySegment memory, long byteOffset) {
    return memory.get(WORD, byteOffset);
  }
}
