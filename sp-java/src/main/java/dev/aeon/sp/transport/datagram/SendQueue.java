package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The message stream of one direction, as far as it is not acknowledged: each message is its length
 * in eight bytes, then its bytes, and positions count both. Confined to its session.
 */
final class SendQueue {
  static final int PREFIX_BYTE_SIZE = Long.BYTES;

  private static final int INITIAL_CAPACITY = 16;

  private @Nullable Packet[] packets = new Packet[INITIAL_CAPACITY];
  private long[] positions = new long[INITIAL_CAPACITY];
  private long firstSequence;
  private long nextSequence;
  private long endPosition;
  private long acknowledgedPosition;
  private final RangeSet acknowledged = new RangeSet();

  /** Adds a message, whose ownership passes. */
  void add(Packet packet) {
    if (nextSequence - firstSequence == packets.length) {
      grow();
    }
    int slot = slot(nextSequence++);
    packets[slot] = packet;
    positions[slot] = endPosition;
    endPosition += PREFIX_BYTE_SIZE + packet.byteSize();
  }

  private void grow() {
    @Nullable Packet[] beforePackets = packets;
    long[] beforePositions = positions;
    packets = new Packet[2 * beforePackets.length];
    positions = new long[packets.length];
    for (long sequence = firstSequence; sequence < nextSequence; sequence++) {
      int from = (int) (sequence & (beforePackets.length - 1));
      packets[slot(sequence)] = beforePackets[from];
      positions[slot(sequence)] = beforePositions[from];
    }
  }

  private int slot(long sequence) {
    return (int) (sequence & (packets.length - 1));
  }

  /** Where the next message to be added begins. */
  long endPosition() {
    return endPosition;
  }

  /** Everything before this has arrived. */
  long acknowledgedPosition() {
    return acknowledgedPosition;
  }

  private Packet packet(long sequence) {
    Packet packet = packets[slot(sequence)];
    if (packet == null) {
      throw new IllegalStateException("message is not kept any more: sequence=" + sequence);
    }
    return packet;
  }

  private long sequenceAt(long position) {
    long low = firstSequence;
    long high = nextSequence - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (positions[slot(middle)] <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Copies what lies from {@code position} on: no length in parts, and none of messages from {@code
   * sequenceLimit} on.
   *
   * @return how many bytes, at most {@code room}
   */
  int copy(
      long position, int room, long sequenceLimit, MemorySegment target, long targetByteOffset) {
    long sequence = sequenceAt(position);
    int copied = 0;
    while (copied < room && sequence < nextSequence) {
      int count =
          copyOne(
              sequence,
              position + copied - positions[slot(sequence)],
              room - copied,
              sequenceLimit,
              target,
              targetByteOffset + copied);
      if (count == 0) {
        return copied;
      }
      copied += count;
      sequence++;
    }
    return copied;
  }

  private int copyOne(
      long sequence,
      long offset,
      int room,
      long sequenceLimit,
      MemorySegment target,
      long targetByteOffset) {
    Packet packet = packet(sequence);
    if (offset > 0) {
      return copyBody(packet, offset - PREFIX_BYTE_SIZE, room, target, targetByteOffset);
    }
    if (room < PREFIX_BYTE_SIZE || sequence >= sequenceLimit) {
      return 0;
    }
    target.set(PacketLayout.LONG, targetByteOffset, packet.byteSize());
    return PREFIX_BYTE_SIZE
        + copyBody(packet, 0, room - PREFIX_BYTE_SIZE, target, targetByteOffset + PREFIX_BYTE_SIZE);
  }

  private static int copyBody(
      Packet packet, long offset, int room, MemorySegment target, long targetByteOffset) {
    int count = (int) Math.min(room, packet.byteSize() - offset);
    MemorySegment.copy(packet.memory(), packet.start() + offset, target, targetByteOffset, count);
    return count;
  }

  /** A part has arrived; messages that have arrived whole, and all before them, are released. */
  void acknowledge(long begin, long end) {
    if (acknowledged.isEmpty() && begin <= acknowledgedPosition) {
      acknowledgedPosition = Math.max(acknowledgedPosition, end);
      releaseArrived();
      return;
    }
    acknowledged.add(Math.max(begin, acknowledgedPosition), end);
    if (!acknowledged.isEmpty() && acknowledged.begin(0) <= acknowledgedPosition) {
      acknowledgedPosition = Math.max(acknowledgedPosition, acknowledged.end(0));
      acknowledged.removeFirstRange();
      releaseArrived();
    }
  }

  private void releaseArrived() {
    while (firstSequence < nextSequence && endOf(firstSequence) <= acknowledgedPosition) {
      packet(firstSequence).release();
      packets[slot(firstSequence)] = null;
      firstSequence++;
    }
  }

  private long endOf(long sequence) {
    return positions[slot(sequence)] + PREFIX_BYTE_SIZE + packet(sequence).byteSize();
  }

  /** Takes parts out of {@code lost} that have arrived after all. */
  void subtractAcknowledged(RangeSet lost) {
    lost.remove(0, acknowledgedPosition);
    for (int index = 0; index < acknowledged.count(); index++) {
      lost.remove(acknowledged.begin(index), acknowledged.end(index));
    }
  }

  void close() {
    for (Packet packet : packets) {
      if (packet != null) {
        packet.release();
      }
    }
    Arrays.fill(packets, null);
    firstSequence = nextSequence;
  }
}
