package dev.aeon.slabs.ring;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where everything lies in a ring. Numbers are little-endian, offsets in bytes from the ring's
 * start.
 *
 * <pre>
 *    0        8        16       24                128              256              384
 *   +--------+--------+--------+-----------------+----------------+----------------+---------------
 *   | magic  |version |capacity| unused          | tail | unused  | head | unused  | data: capacity
 *   +--------+--------+--------+-----------------+----------------+----------------+---------------
 *    written once, magic last                     producer's line  consumer's line
 * </pre>
 *
 * Tail and head are positions: bytes ever written and ever released, so that {@code position &
 * (capacity - 1)} is an offset in the data. They keep 128 bytes apart because processors fetch
 * cache lines in pairs. The data is a sequence of records, each at a multiple of 8:
 *
 * <pre>
 *    0              4              8
 *   +--------------+--------------+--------------------------------+-----------+
 *   | byteSize i32 | kind i32     | payload: byteSize bytes        | up to 8×n |
 *   +--------------+--------------+--------------------------------+-----------+
 * </pre>
 *
 * No record crosses the end of the data: a PADDING record fills what is left there.
 */
final class RingLayout {
  static final long MAGIC = 0x474E_4952_4E4F_4541L; // "AEONRING"
  static final long VERSION = 1;

  private static final long LINE_BYTES = 128;

  static final long MAGIC_OFFSET = 0;
  static final long VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final long CAPACITY_OFFSET = VERSION_OFFSET + Long.BYTES;
  static final long TAIL_OFFSET = MAGIC_OFFSET + LINE_BYTES;
  static final long HEAD_OFFSET = TAIL_OFFSET + LINE_BYTES;
  static final long DATA_OFFSET = HEAD_OFFSET + LINE_BYTES;

  static final long MIN_CAPACITY_BYTES = 64;
  static final long MAX_CAPACITY_BYTES = 1L << 40;

  static final long RECORD_ALIGNMENT = 8;
  static final long RECORD_HEADER_BYTES = 8;

  static final int KIND_DATA = 1;
  static final int KIND_PADDING = 2;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Coordinates: the segment and a byte offset in it. */
  static final VarHandle WORD = LONG.varHandle();

  private RingLayout() {}

  /** Bytes of a record in the data, header and rounding included. */
  static long recordByteSize(long payloadByteSize) {
    return (RECORD_HEADER_BYTES + payloadByteSize + RECORD_ALIGNMENT - 1) & -RECORD_ALIGNMENT;
  }

  /**
   * The largest payload that a ring of this capacity takes. With its padding, a record of half the
   * capacity still fits an empty ring wherever its tail stands.
   */
  static int maxPayloadByteSize(long capacity) {
    return (int) Math.min(Integer.MAX_VALUE - 64, capacity / 2 - RECORD_HEADER_BYTES);
  }

  static long header(int byteSize, int kind) {
    return (long) kind << 32 | Integer.toUnsignedLong(byteSize);
  }

  static int byteSizeOf(long header) {
    return (int) header;
  }

  static int kindOf(long header) {
    return (int) (header >>> 32);
  }
}
