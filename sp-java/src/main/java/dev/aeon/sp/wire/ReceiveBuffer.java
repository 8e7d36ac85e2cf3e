package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrived and are not decoded yet: those between position and limit. It takes memory
 * when there is something to hold, and {@link #rest} gives it back where nothing is left. Confined
 * to its pipe.
 */
public final class ReceiveBuffer implements AutoCloseable {
  private final long capacity;
  private @Nullable Packet storage;
  private long position;
  private long limit;

  public ReceiveBuffer(int capacity) {
    this.capacity = capacity;
  }

  public MemorySegment memory() {
    if (storage == null) {
      storage = Packet.allocate(capacity);
    }
    return storage.memory();
  }

  /** Needs no memory until more arrives, if nothing is left to be decoded. */
  public void rest() {
    if (storage != null && position == limit) {
      close();
    }
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
      MemorySegment memory = memory();
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
    if (storage != null) {
      storage.release();
      storage = null;
      position = 0;
      limit = 0;
    }
  }
}
