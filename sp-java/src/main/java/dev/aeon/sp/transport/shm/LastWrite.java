package dev.aeon.sp.transport.shm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The bytes of the writer's last write once more, if they are few: beside the tail. A reader that
 * sees the tail has them with it, where the ring's own bytes would have to be fetched from the
 * other processor after it.
 *
 * <p>They begin at a position of the stream, which says what they are and that they are whole: the
 * writer takes it away before it changes them, and has them in the ring by then, but not before. A
 * reader that finds it unchanged after its copy has copied what belongs there; one that does not
 * finds the bytes in the ring.
 */
final class LastWrite {
  /** What is left of the tail's two cache lines. */
  static final int MAX_BYTE_SIZE = 112;

  private static final long NOWHERE = -1;

  private LastWrite() {}

  /**
   * Says that there is none, as in a new region, or takes it away: what is written next is not
   * there. Before the tail says so.
   */
  static void hide(MemorySegment region) {
    RingLayout.POSITION.setRelease(region, RingLayout.LAST_WRITE_START_AT, NOWHERE);
  }

  /**
   * Puts bytes there before the tail says so.
   *
   * @param byteCount at most {@link #MAX_BYTE_SIZE}
   * @param start their position in the stream
   */
  static void show(
      MemorySegment region, MemorySegment from, long byteOffset, long byteCount, long start) {
    hide(region);
    VarHandle.storeStoreFence();
    MemorySegment.copy(from, byteOffset, region, RingLayout.LAST_WRITE_BYTES_AT, byteCount);
    RingLayout.POSITION.setRelease(region, RingLayout.LAST_WRITE_START_AT, start);
  }

  /** Where it begins in the stream; negative where there is none. After the look at the tail. */
  static long start(MemorySegment region) {
    return (long) RingLayout.POSITION.getAcquire(region, RingLayout.LAST_WRITE_START_AT);
  }

  /**
   * Copies bytes that the tail has told of.
   *
   * @param byteCount how many, no further than {@code tail}
   * @param position theirs in the stream, at or behind {@code start}
   * @param tail as it was seen last
   * @param start as it was seen after that
   * @return whether they were there; else {@code to} has anything, and the ring has them
   */
  static boolean copy(
      MemorySegment region,
      MemorySegment to,
      long byteOffset,
      long byteCount,
      long position,
      long tail,
      long start) {
    if (start < 0 || tail - start > MAX_BYTE_SIZE) {
      return false;
    }
    long from = RingLayout.LAST_WRITE_BYTES_AT + position - start;
    MemorySegment.copy(region, from, to, byteOffset, byteCount);
    VarHandle.loadLoadFence();
    return start(region) == start;
  }
}
