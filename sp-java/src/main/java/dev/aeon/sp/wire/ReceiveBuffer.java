package dev.aeon.sp.wire;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that arrived and are not decoded yet: those between position and limit. It takes memory
 * when there is something to hold, and {@link #rest} gives back what is not needed for what is
 * left: many pipes have something to hold at a time. Confined to its pipe.
 */
public final class ReceiveBuffer implements AutoCloseable {
  /** What is a smaller part than this of the capacity is moved to memory of its own. */
  private static final long SMALL_PART = 8;

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

  /** Needs no more memory until more arrives than what is left to be decoded. */
  public void rest() {
    if (storage == null) {
      return;
    }
    if (position == limit) {
      close();
    } else if (hasFullCapacity() && remaining() <= capacity / SMALL_PART) {
      moveTo(Packet.allocate(remaining()));
    }
  }

  private boolean hasFullCapacity() {
    return memory().byteSize() >= capacity;
  }

  private void moveTo(Packet other) {
    long count = remaining();
    MemorySegment.copy(memory(), position, other.memory(), 0, count);
    close();
    storage = other;
    limit = count;
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
    if (!hasFullCapacity()) {
      moveTo(Packet.allocate(capacity));
    } else if (position > 0) {
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
