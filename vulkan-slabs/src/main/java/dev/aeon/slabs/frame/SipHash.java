package dev.aeon.slabs.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012): a hash that nobody
 * without its key foresees. Immutable and thread-safe.
 */
public final class SipHash {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long key0;
  private final long key1;

  public SipHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /** The hash of a number's eight bytes, lowest first. */
  public long hash(long value) {
    State state = new State(key0, key1);
    state.absorb(value);
    state.absorb((long) Long.BYTES << 56);
    return state.finish();
  }

  /** The hash of {@code byteSize} bytes from {@code byteOffset}. */
  public long hash(MemorySegment segment, long byteOffset, long byteSize) {
    State state = new State(key0, key1);
    long lastAt = byteOffset + (byteSize & -Long.BYTES);
    for (long at = byteOffset; at < lastAt; at += Long.BYTES) {
      state.absorb(segment.get(WORD, at));
    }
    state.absorb(byteSize << 56 | rest(segment, lastAt, byteOffset + byteSize));
    return state.finish();
  }

  /** The up to seven bytes that fill no word. */
  private static long rest(MemorySegment segment, long from, long to) {
    long word = 0;
    for (long at = from; at < to; at++) {
      word |= Byte.toUnsignedLong(segment.get(ValueLayout.JAVA_BYTE, at)) << (8 * (at - from));
    }
    return word;
  }

  /** Lives within one call, so that the compiler keeps it in registers. */
  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void absorb(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    long finish() {
      v2 ^= 0xff;
      round();
      round();
      round();
      round();
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
