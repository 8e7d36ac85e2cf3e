package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The mask over what WebSocket clients send (RFC 6455, 5.3): four bytes, again and again. */
public final class Masking {
  private static final ValueLayout.OfLong LONG_BE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private Masking() {}

  /**
   * Masks bytes in place, or unmasks them.
   *
   * @param key four bytes, the first of them highest
   * @param position of the first byte in its frame
   */
  public static void apply(
      MemorySegment memory, long byteOffset, long byteCount, int key, long position) {
    int rotated = Integer.rotateLeft(key, (int) (position & 3) * Byte.SIZE);
    long pattern = ((rotated & LOW_HALF) << Integer.SIZE) | (rotated & LOW_HALF);
    long index = 0;
    for (; index + Long.BYTES <= byteCount; index += Long.BYTES) {
      memory.set(LONG_BE, byteOffset + index, memory.get(LONG_BE, byteOffset + index) ^ pattern);
    }
    for (; index < byteCount; index++) {
      int shift = Long.SIZE - Byte.SIZE - (int) (index & 7) * Byte.SIZE;
      byte masked =
          (byte) (memory.get(ValueLayout.JAVA_BYTE, byteOffset + index) ^ (pattern >>> shift));
      memory.set(ValueLayout.JAVA_BYTE, byteOffset + index, masked);
    }
  }
}
