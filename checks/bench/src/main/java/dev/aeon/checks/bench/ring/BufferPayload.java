package dev.aeon.checks.bench.ring;

import java.lang.foreign.MemorySegment;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Payloads in a buffer of Agrona over direct memory. */
final class BufferPayload {
  private static final int STRIDE = Ring.STRIDE_BYTES;

  /** Where a direct buffer lies is an offset in it. */
  @SuppressWarnings("restricted")
  private static final MemorySegment ADDRESSES = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private BufferPayload() {}

  static void write(MutableDirectBuffer buffer, int index, int byteSize, long first) {
    if (byteSize == STRIDE) {
      writeStride(buffer, index, first);
    } else {
      buffer.boundsCheck(index, byteSize);
      WideWords.write(ADDRESSES, buffer.addressOffset() + index, byteSize, first);
    }
  }

  private static void writeStride(MutableDirectBuffer buffer, int offset, long word) {
    buffer.putLong(offset, word);
    buffer.putLong(offset + 8, word + 1);
    buffer.putLong(offset + 16, word + 2);
    buffer.putLong(offset + 24, word + 3);
    buffer.putLong(offset + 32, word + 4);
    buffer.putLong(offset + 40, word + 5);
    buffer.putLong(offset + 48, word + 6);
    buffer.putLong(offset + 56, word + 7);
  }

  static long sum(DirectBuffer buffer, int index, int byteSize) {
    if (byteSize == STRIDE) {
      return sumOfStride(buffer, index);
    }
    buffer.boundsCheck(index, byteSize);
    return WideWords.sum(ADDRESSES, buffer.addressOffset() + index, byteSize);
  }

  private static long sumOfStride(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset)
        + buffer.getLong(offset + 8)
        + buffer.getLong(offset + 16)
        + buffer.getLong(offset + 24)
        + buffer.getLong(offset + 32)
        + buffer.getLong(offset + 40)
        + buffer.getLong(offset + 48)
        + buffer.getLong(offset + 56);
  }
}
