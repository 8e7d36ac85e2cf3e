package dev.aeon.sp.transport.shm;

import dev.aeon.sp.wire.Malformed;
import dev.aeon.sp.wire.MalformedException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Where things lie in the region of one ring, in the byte order of the machine. Positions only
 * grow; what is there to be read lies between head and tail. Each word that one side writes has a
 * pair of cache lines to itself.
 *
 * <pre>
 *     0                       8
 *     +-----------------------+
 *     | magic and version     |  by the writer, once
 *     +-----------------------+ 128
 *     | tail                  |  by the writer
 *     +-----------------------+ 256
 *     | writer sleeps (4)     |  1 by the writer, 0 by the reader
 *     +-----------------------+ 384
 *     | head                  |  by the reader
 *     +-----------------------+ 512
 *     | reader sleeps (4)     |  1 by the reader, 0 by the writer
 *     +-----------------------+ 4096
 *     | bytes, a power of two |
 *     +-----------------------+
 * </pre>
 */
final class RingLayout {
  static final long MAGIC_AT = 0;
  static final long TAIL_AT = 128;
  static final long WRITER_SLEEPS_AT = 256;
  static final long HEAD_AT = 384;
  static final long READER_SLEEPS_AT = 512;
  static final long BYTES_AT = 4096;

  /** "aeonring" and version 1. */
  static final long MAGIC = 0x61656f6e72696e01L;

  static final long MIN_CAPACITY = 4096;
  static final long MAX_CAPACITY = 1L << 30;

  static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
  static final VarHandle FLAG = ValueLayout.JAVA_INT.varHandle();

  private RingLayout() {}

  /** How many bytes a region of this size holds, given that it is one of ours. */
  static long capacityOf(MemorySegment region) throws MalformedException {
    long capacity = region.byteSize() - BYTES_AT;
    boolean isPower = Long.bitCount(capacity) == 1;
    if (!isPower || capacity < MIN_CAPACITY || capacity > MAX_CAPACITY) {
      throw malformed("shared region has a wrong size: byteSize=" + region.byteSize());
    }
    long magic = (long) POSITION.getAcquire(region, MAGIC_AT);
    if (magic != MAGIC) {
      throw malformed("shared region is none of this version: magic=" + Long.toHexString(magic));
    }
    return capacity;
  }

  /**
   * The bytes between {@code head} and {@code tail}, which one of the two sides may have forged.
   */
  static long usedBetween(long head, long tail, long capacity) throws MalformedException {
    long used = tail - head;
    if (used < 0 || used > capacity) {
      throw malformed("shared positions are impossible: head=%d tail=%d".formatted(head, tail));
    }
    return used;
  }

  private static MalformedException malformed(String violation) {
    return new MalformedException(Malformed.SHARED_RING, violation);
  }

  static boolean takeFlag(MemorySegment region, long at) {
    VarHandle.fullFence();
    boolean set = (int) FLAG.getOpaque(region, at) != 0;
    if (set) {
      FLAG.setOpaque(region, at, 0);
    }
    return set;
  }

  static void setFlag(MemorySegment region, long at, boolean set) {
    FLAG.setOpaque(region, at, set ? 1 : 0);
    VarHandle.fullFence();
  }
}
