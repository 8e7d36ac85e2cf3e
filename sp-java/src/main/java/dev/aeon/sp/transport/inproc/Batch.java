package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.transport.RemoteCopy;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Small packets one after the other in the memory of one, each behind its size. They are put
 * together in memory of the one processor, go to memory that both touch in one piece, and from
 * there to memory of the other: line by line each would wait for the other. It has memory while
 * something is in it. Confined to its strand.
 *
 * <pre>
 *   0        8                  next multiple of 8
 *   +--------+------------------+--------+---
 *   | size   | header and body  | size   |
 *   +--------+------------------+--------+---
 * </pre>
 */
final class Batch {
  static final long MAX_PACKET_BYTE_SIZE = 2 << 10;

  private static final long CAPACITY = 32 << 10;
  private static final long FULL_BYTE_SIZE = 28 << 10;
  private static final long WORD_BYTE_SIZE = Long.BYTES;

  private @Nullable Packet storage;
  private long byteSize;

  /** Takes a packet over if it fits. */
  boolean add(Packet packet) {
    long packetByteSize = packet.byteSize();
    if (byteSize + recordByteSize(packetByteSize) > CAPACITY) {
      return false;
    }
    Packet target = storage();
    MemorySegment memory = target.memory();
    long at = target.start() + byteSize;
    memory.set(ValueLayout.JAVA_LONG, at, packetByteSize);
    MemorySegment.copy(
        packet.memory(), packet.start(), memory, at + WORD_BYTE_SIZE, packetByteSize);
    byteSize += recordByteSize(packetByteSize);
    packet.release();
    return true;
  }

  private Packet storage() {
    if (storage == null) {
      storage = Packet.allocate(CAPACITY);
    }
    return storage;
  }

  private static long recordByteSize(long packetByteSize) {
    return WORD_BYTE_SIZE + (packetByteSize + WORD_BYTE_SIZE - 1) / WORD_BYTE_SIZE * WORD_BYTE_SIZE;
  }

  boolean isEmpty() {
    return byteSize == 0;
  }

  boolean isFullWith(Packet packet) {
    return byteSize + recordByteSize(packet.byteSize()) >= FULL_BYTE_SIZE;
  }

  boolean isFull() {
    return byteSize >= FULL_BYTE_SIZE;
  }

  /** What is in it, to be given to a {@link Reader}; it is empty then. */
  Packet take() {
    Packet source = storage();
    Packet taken = Packet.allocate(byteSize);
    RemoteCopy.copy(source.memory(), source.start(), taken.memory(), taken.start(), byteSize);
    close();
    return taken;
  }

  void close() {
    if (storage != null) {
      storage.release();
      storage = null;
      byteSize = 0;
    }
  }

  /** Takes packets out again. Confined to its strand, but for {@link #isEmpty}. */
  static final class Reader {
    private @Nullable Packet storage;
    private long byteOffset;
    private long end;

    boolean isEmpty() {
      return storage == null;
    }

    /** Begins with another batch; nothing is left of the one before. */
    void begin(Packet batch) {
      Packet own = batch.copyAsReceived();
      storage = own;
      byteOffset = own.start();
      end = own.start() + own.byteSize();
      batch.release();
    }

    /** The next packet, this side's alone; null where there is none. */
    @Nullable Packet poll() {
      Packet from = storage;
      if (from == null) {
        return null;
      }
      MemorySegment memory = from.memory();
      long packetByteSize = memory.get(ValueLayout.JAVA_LONG, byteOffset);
      Packet packet = Packet.allocate(packetByteSize);
      MemorySegment.copy(
          memory, byteOffset + WORD_BYTE_SIZE, packet.memory(), packet.start(), packetByteSize);
      byteOffset += recordByteSize(packetByteSize);
      if (byteOffset >= end) {
        storage = null;
        from.release();
      }
      return packet;
    }
  }
}
