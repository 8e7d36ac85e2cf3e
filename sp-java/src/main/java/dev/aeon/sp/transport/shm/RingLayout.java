package dev.aeon.sp.transport.shm;

import dev.aeon.sp.wire.Malformed;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Where things lie in the region of one ring, in the byte order of the machine. Positions only
 * grow; what is there to be read lies between head and tail. Each word that one side writes has a
 * pair of cache lines to itself, which the tail shares with the {@linkplain LastWrite last bytes
 * before it}. Behind the ring are units of memory for large bodies: a body takes some that follow
 * each other, and is called by the number of its first, its block's.
 *
 * <pre>
 *     0                       8
 *     +-----------------------+
 *     | magic and version     |  by the writer, once
 *     | bytes of the ring     |
 *     | number of units       |
 *     +-----------------------+ 128
 *     | tail                  |  by the writer
 *     | start of what follows |
 *     | bytes last written    |
 *     +-----------------------+ 256
 *     | writer sleeps (4)     |  1 by the writer, 0 by the reader
 *     +-----------------------+ 384
 *     | head                  |  by the reader
 *     +-----------------------+ 512
 *     | reader sleeps (4)     |  1 by the reader, 0 by the writer
 *     +-----------------------+ 4096
 *     | bytes, a power of two |
 *     +-----------------------+
 *     | returned (4), by unit |  1 by the reader, 0 by the writer
 *     +-----------------------+ next multiple of 4096
 *     | units of 4096 bytes   |
 *     +-----------------------+
 * </pre>
 *
 * @param capacity bytes that the ring holds
 * @param unitCount units behind it
 */
record RingLayout(long capacity, int unitCount) {
  static final long MAGIC_AT = 0;
  static final long CAPACITY_AT = 8;
  static final long UNIT_COUNT_AT = 16;
  static final long TAIL_AT = 128;
  static final long LAST_WRITE_START_AT = 136;
  static final long LAST_WRITE_BYTES_AT = 144;
  static final long WRITER_SLEEPS_AT = 256;
  static final long HEAD_AT = 384;
  static final long READER_SLEEPS_AT = 512;
  static final long BYTES_AT = 4096;

  /** "aeonring" and version 5. */
  static final long MAGIC = 0x61656f6e72696e05L;

  /** What the flag of a block says: with the reader, or given back. */
  static final int LENT = 0;

  static final int RETURNED = 1;

  static final long MIN_CAPACITY = 4096;
  static final long MAX_CAPACITY = 1L << 30;
  static final int UNIT_BYTE_SIZE = 4096;
  private static final int RINGS_OF_UNITS = 32;
  private static final long MAX_UNIT_COUNT = 1 << 16;

  static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
  static final VarHandle FLAG = ValueLayout.JAVA_INT.varHandle();

  /** For a ring of at least {@code leastCapacity} bytes. */
  static RingLayout of(long leastCapacity) {
    long bounded = Math.clamp(leastCapacity, MIN_CAPACITY, MAX_CAPACITY);
    long capacity = Long.highestOneBit(2 * bounded - 1);
    long units = Math.min(capacity * RINGS_OF_UNITS / UNIT_BYTE_SIZE, MAX_UNIT_COUNT);
    return new RingLayout(capacity, (int) units);
  }

  /** Reads the layout of a region that another process made, given that it is one of ours. */
  static RingLayout in(MemorySegment region) throws MalformedException {
    if (region.byteSize() < BYTES_AT) {
      throw malformed("shared region is too small: byteSize=" + region.byteSize());
    }
    long magic = (long) POSITION.getAcquire(region, MAGIC_AT);
    if (magic != MAGIC) {
      throw malformed("shared region is none of this version: magic=" + Long.toHexString(magic));
    }
    long capacity = (long) POSITION.getAcquire(region, CAPACITY_AT);
    long unitCount = (long) POSITION.getAcquire(region, UNIT_COUNT_AT);
    checkSizes(capacity, unitCount);
    RingLayout layout = new RingLayout(capacity, (int) unitCount);
    if (layout.byteSize() != region.byteSize()) {
      throw malformed(
          "shared region has a wrong size: byteSize=%d capacity=%d unitCount=%d"
              .formatted(region.byteSize(), capacity, unitCount));
    }
    return layout;
  }

  private static void checkSizes(long capacity, long unitCount) throws MalformedException {
    boolean isPower = Long.bitCount(capacity) == 1;
    if (!isPower || capacity < MIN_CAPACITY || capacity > MAX_CAPACITY) {
      throw malformed("shared ring has a wrong size: capacity=" + capacity);
    }
    if (unitCount < 0 || unitCount > MAX_UNIT_COUNT) {
      throw malformed("shared region has a wrong number of units: unitCount=" + unitCount);
    }
  }

  /** Writes the layout into a new region. */
  void writeTo(MemorySegment region) {
    POSITION.setRelease(region, CAPACITY_AT, capacity);
    POSITION.setRelease(region, UNIT_COUNT_AT, (long) unitCount);
    LastWrite.hide(region);
    POSITION.setRelease(region, MAGIC_AT, MAGIC);
  }

  /** Size of the whole region. */
  long byteSize() {
    return unitsAt() + (long) unitCount * UNIT_BYTE_SIZE;
  }

  private long returnedAt() {
    return BYTES_AT + capacity;
  }

  private long unitsAt() {
    long end = returnedAt() + (long) unitCount * Integer.BYTES;
    return (end + UNIT_BYTE_SIZE - 1) / UNIT_BYTE_SIZE * UNIT_BYTE_SIZE;
  }

  /** Where the flag lies that a block came back. */
  long returnedAt(int block) {
    return returnedAt() + (long) block * Integer.BYTES;
  }

  /** Where a block begins: its headroom, and then its body. */
  long blockAt(int block) {
    return unitsAt() + (long) block * UNIT_BYTE_SIZE;
  }

  /** The largest body that is given a block: some of them fit beside each other. */
  long maxBlockBody() {
    return (long) unitCount * UNIT_BYTE_SIZE / 2 - Packet.HEADROOM;
  }

  /** How many units a body takes with the headroom before it. */
  static int unitsFor(long bodyByteSize) {
    return (int) ((Packet.HEADROOM + bodyByteSize + UNIT_BYTE_SIZE - 1) / UNIT_BYTE_SIZE);
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

  static MalformedException malformed(String violation) {
    return new MalformedException(Malformed.SHARED_RING, violation);
  }

  static boolean takeFlag(MemorySegment region, long at) {
    VarHandle.fullFence();
    boolean set = isSet(region, at);
    if (set) {
      FLAG.setOpaque(region, at, 0);
    }
    return set;
  }

  static boolean isSet(MemorySegment region, long at) {
    return (int) FLAG.getOpaque(region, at) != 0;
  }

  static void setFlag(MemorySegment region, long at, boolean set) {
    FLAG.setOpaque(region, at, set ? 1 : 0);
    VarHandle.fullFence();
  }
}
