package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;

/**
 * Bytes that arrived and are not decoded yet: those between position and limit. Confined to its
 * pipe; {@link #close} gives the memory back.
 */
public final class ReceiveBuffer implements AutoCloseable {
  private final Packet storage;
  private final MemorySegment memory;
  private final long capacity;
  private long position;
  private long limit;

  public ReceiveBuffer(int capacity) {
    this.storage = Packet.allocate(capacity);
    this.memory = storage.memory();
    this.capacity = capacity;
  }

  public MemorySegment memory() {
    return memory;
  }

  public long remaining() {
    return limit - position;
  }

  /** Where the next byte to decode lies. */
  public long position() {
    return position;
  }

  /** Where the next bytes to arrive go. */
  public long limit() {
    return limit;
  }

  /** How many bytes fit behind the limit, after moving the undecoded ones to the front. */
  public long makeRoom() {
    if (position > 0) {
      MemorySegment.copy(memory, position, memory, 0, remaining());
      limit -= position;
      position = 0;
    }
    return capacity - limit;
  }

  /** Notes that {@code byteCount} bytes were written at the limit. */
  public void arrived(long byteCount) {
    limit += byteCount;
  }

  /** Notes that {@code byteCount} bytes were decoded. */
  public void consumed(long byteCount) {
    position += byteCount;
  }

  @Override
  public void close() {
    storage.release();
  }
}
