package dev.aeon.slabs.ring;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where everything lies in a ring: the one descriptor that {@code aeon_ring.h} and {@code
 * ring.glsl} repeat. Numbers are little-endian, offsets in bytes from the ring's start.
 *
 * <pre>
 *    0        8        16        24       32       40       48         56
 *   +--------+--------+---------+--------+--------+--------+----------+--------
 *   | magic  |version | capacity| kind   | slots  | cell   | recoverer| unused
 *   +--------+--------+---------+--------+--------+--------+----------+--------
 *    written once, magic last, all but the recoverer
 *    128      256      384               512               640               640 + capacity
 *   +--------+--------+-----------------+-----------------+-----------------+----------------------
 *   | tail   | head   | consumers sleep | producers sleep | data: capacity  | slots, 128 bytes each
 *   +--------+--------+-----------------+-----------------+-----------------+----------------------
 * </pre>
 *
 * Tail and head are positions that only grow. In SPSC and BROADCAST rings they count bytes ever
 * written and ever released, so that {@code position & (capacity - 1)} is an offset in the data; in
 * MPMC rings they count records. They keep 128 bytes apart because processors fetch cache lines in
 * pairs. The data of SPSC and BROADCAST rings is a sequence of records, each at a multiple of 8:
 *
 * <pre>
 *    0              4              8
 *   +--------------+--------------+--------------------------------+-----------+
 *   | byteSize i32 | kind i32     | payload: byteSize bytes        | up to 8×n |
 *   +--------------+--------------+--------------------------------+-----------+
 * </pre>
 *
 * No record crosses the end of the data: a PADDING record fills what is left there. The data of an
 * MPMC ring is an array of cells, each at a multiple of 64:
 *
 * <pre>
 *    0              4              8
 *   +--------------+--------------+--------------------------------+------------+
 *   | state i32    | turn i32     | payload: state bytes           | up to 64×n |
 *   +--------------+--------------+--------------------------------+------------+
 * </pre>
 *
 * State and turn are one word, the cell's stamp, which is read and written in one piece. The turn
 * is the lower half of the position that the cell is for. The state is the byteSize of a record
 * that is there, FREE, ABORTED, or the slot of the producer that is writing, counted down from
 * FIRST_CLAIM. The tail of an MPMC ring is where to begin to look for the first free cell, which
 * may come later.
 *
 * <p>A slot says what one subscriber of a BROADCAST ring, or one end of an MPMC ring, is about:
 *
 * <pre>
 *    0              8              16             24
 *   +--------------+--------------+--------------+---------
 *   | owner i64    | state i64    | position i64 | count i64
 *   +--------------+--------------+--------------+---------
 * </pre>
 */
final class RingLayout {
  static final long MAGIC = 0x474E_4952_4E4F_4541L; // "AEONRING"
  static final long VERSION = 3;

  static final long LINE_BYTES = 128;

  static final long MAGIC_OFFSET = 0;
  static final long VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
  static final long CAPACITY_OFFSET = VERSION_OFFSET + Long.BYTES;
  static final long RING_KIND_OFFSET = CAPACITY_OFFSET + Long.BYTES;
  static final long SLOT_COUNT_OFFSET = RING_KIND_OFFSET + Long.BYTES;
  static final long CELL_BYTES_OFFSET = SLOT_COUNT_OFFSET + Long.BYTES;
  static final long RECOVERER_OFFSET = CELL_BYTES_OFFSET + Long.BYTES;
  static final long TAIL_OFFSET = MAGIC_OFFSET + LINE_BYTES;
  static final long HEAD_OFFSET = TAIL_OFFSET + LINE_BYTES;
  static final long CONSUMERS_SLEEP_OFFSET = HEAD_OFFSET + LINE_BYTES;
  static final long PRODUCERS_SLEEP_OFFSET = CONSUMERS_SLEEP_OFFSET + LINE_BYTES;
  static final long DATA_OFFSET = PRODUCERS_SLEEP_OFFSET + LINE_BYTES;

  static final long KIND_SPSC = 1;
  static final long KIND_MPMC = 2;
  static final long KIND_BROADCAST = 3;

  static final long MIN_CAPACITY_BYTES = 64;
  static final long MAX_CAPACITY_BYTES = 1L << 40;

  static final long RECORD_ALIGNMENT = 8;
  static final long RECORD_HEADER_BYTES = 8;

  static final int KIND_DATA = 1;
  static final int KIND_PADDING = 2;

  static final long CELL_ALIGNMENT = 64;
  static final long CELL_STATE_OFFSET = 0;
  static final long CELL_TURN_OFFSET = CELL_STATE_OFFSET + Integer.BYTES;
  static final long CELL_PAYLOAD_OFFSET = CELL_TURN_OFFSET + Integer.BYTES;

  static final long CELL_FREE = 0xFFFF_FFFFL;
  static final long CELL_ABORTED = CELL_FREE - 1;
  static final long CELL_FIRST_CLAIM = CELL_ABORTED - 1;

  static final long SLOT_BYTES = LINE_BYTES;
  static final long SLOT_OWNER_OFFSET = 0;
  static final long SLOT_STATE_OFFSET = SLOT_OWNER_OFFSET + Long.BYTES;
  static final long SLOT_POSITION_OFFSET = SLOT_STATE_OFFSET + Long.BYTES;
  static final long SLOT_COUNT_IN_WORK_OFFSET = SLOT_POSITION_OFFSET + Long.BYTES;
  static final int MAX_SLOTS = 1024;

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
