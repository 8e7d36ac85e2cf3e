package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;

/**
 * What has arrived, and how much more may come (raw-ip-mapping 5.1). Reused for each packet read.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    Largest Number Received                    |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     Credit: Position Limit                    |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     Credit: Message Limit                     |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    Delay in Microseconds                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           Reserved            |          Range Count          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | Gap (32) and Length (32) of each range, downwards from largest
 *   +-+-+-+-+-+-+-+-+-
 * </pre>
 */
final class AckBlock {
  static final int FIXED_BYTE_SIZE = 32;
  static final int RANGE_BYTE_SIZE = 8;
  static final int MAX_BYTE_SIZE = FIXED_BYTE_SIZE + ReceivedPackets.MAX_RANGES * RANGE_BYTE_SIZE;

  private static final int POSITION_LIMIT = 8;
  private static final int MESSAGE_LIMIT = 16;
  private static final int DELAY = 24;
  private static final int RANGE_COUNT = 30;
  private static final long MICRO = 1_000;

  private final long[] begins = new long[ReceivedPackets.MAX_RANGES];
  private final long[] ends = new long[ReceivedPackets.MAX_RANGES];
  private int rangeCount;
  private long positionLimit;
  private long messageLimit;
  private long delayNanos;

  /** Writes a block of as many ranges as there is room for; its size. */
  static int write(
      MemorySegment memory,
      long byteOffset,
      int room,
      ReceivedPackets received,
      ReceiveQueue queue,
      long nowNanos) {
    RangeSet numbers = received.numbers();
    int count = Math.min(numbers.count(), (room - FIXED_BYTE_SIZE) / RANGE_BYTE_SIZE);
    long above = received.largest() + 1;
    memory.set(PacketLayout.LONG, byteOffset, received.largest());
    memory.set(PacketLayout.LONG, byteOffset + POSITION_LIMIT, queue.grantPositionLimit());
    memory.set(PacketLayout.LONG, byteOffset + MESSAGE_LIMIT, queue.grantMessageLimit());
    long delayMicros = Math.min(received.delayNanos(nowNanos) / MICRO, Integer.MAX_VALUE);
    memory.set(PacketLayout.INT, byteOffset + DELAY, (int) delayMicros);
    memory.set(PacketLayout.INT, byteOffset + DELAY + Integer.BYTES, count);
    long at = byteOffset + FIXED_BYTE_SIZE;
    for (int index = numbers.count() - 1; index >= numbers.count() - count; index--) {
      memory.set(PacketLayout.INT, at, saturated(above - numbers.end(index)));
      long length = numbers.end(index) - numbers.begin(index);
      memory.set(PacketLayout.INT, at + Integer.BYTES, saturated(length));
      above = numbers.begin(index);
      at += RANGE_BYTE_SIZE;
    }
    return (int) (at - byteOffset);
  }

  /** Numbers too far down to name were settled long ago. */
  private static int saturated(long distance) {
    return (int) Math.min(distance, 0xffff_ffffL);
  }

  /**
   * Reads a block; its size.
   *
   * @throws ProtocolViolation if it is cut off or impossible
   */
  int read(MemorySegment memory, long byteOffset, int byteSize) throws ProtocolViolation {
    if (byteSize < FIXED_BYTE_SIZE) {
      throw ProtocolViolation.malformed("acknowledgement is cut off: byteSize=" + byteSize);
    }
    long largest = memory.get(PacketLayout.LONG, byteOffset);
    positionLimit = memory.get(PacketLayout.LONG, byteOffset + POSITION_LIMIT);
    messageLimit = memory.get(PacketLayout.LONG, byteOffset + MESSAGE_LIMIT);
    delayNanos = Integer.toUnsignedLong(memory.get(PacketLayout.INT, byteOffset + DELAY)) * MICRO;
    rangeCount = Short.toUnsignedInt(memory.get(PacketLayout.SHORT, byteOffset + RANGE_COUNT));
    int total = FIXED_BYTE_SIZE + rangeCount * RANGE_BYTE_SIZE;
    if (rangeCount == 0 || rangeCount > ReceivedPackets.MAX_RANGES || total > byteSize) {
      throw ProtocolViolation.malformed(
          "acknowledgement has a wrong range count: count=%d byteSize=%d"
              .formatted(rangeCount, byteSize));
    }
    readRanges(memory, byteOffset + FIXED_BYTE_SIZE, largest);
    return total;
  }

  private void readRanges(MemorySegment memory, long byteOffset, long largest)
      throws ProtocolViolation {
    long above = largest + 1;
    for (int index = 0; index < rangeCount; index++) {
      long at = byteOffset + (long) index * RANGE_BYTE_SIZE;
      long end = above - Integer.toUnsignedLong(memory.get(PacketLayout.INT, at));
      long length = Integer.toUnsignedLong(memory.get(PacketLayout.INT, at + Integer.BYTES));
      if (above < 1 || end < length || length == 0) {
        throw ProtocolViolation.malformed(
            "acknowledgement has an impossible range: end=%d length=%d".formatted(end, length));
      }
      begins[index] = end - length;
      ends[index] = end;
      above = begins[index];
    }
  }

  int rangeCount() {
    return rangeCount;
  }

  /** Of the range at {@code index}; the first one is the highest. */
  long begin(int index) {
    return begins[index];
  }

  long end(int index) {
    return ends[index];
  }

  long positionLimit() {
    return positionLimit;
  }

  long messageLimit() {
    return messageLimit;
  }

  long delayNanos() {
    return delayNanos;
  }
}
