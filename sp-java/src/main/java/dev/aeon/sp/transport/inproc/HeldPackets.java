package dev.aeon.sp.transport.inproc;

import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Packets of one end that are not in its queue yet: what a burst brings is written there some at a
 * time, so that a processor fetches the cache lines of many slots at once rather than wait for the
 * other processor with each. Confined to its strand.
 */
final class HeldPackets {
  private static final int CAPACITY = 16;
  private static final int MASK = CAPACITY - 1;

  private final @Nullable Packet[] packets = new Packet[CAPACITY];
  private int first;
  private int end;

  /** Takes the packet over; this is not full. */
  void add(Packet packet) {
    packets[end & MASK] = packet;
    end++;
  }

  boolean isFull() {
    return end - first == CAPACITY;
  }

  boolean isEmpty() {
    return end == first;
  }

  private Packet remove() {
    Packet packet = packets[first & MASK];
    packets[first & MASK] = null;
    first++;
    if (packet == null) {
      throw new IllegalStateException("nothing is held: first=" + first);
    }
    return packet;
  }

  /**
   * Hands over what the queue has room for.
   *
   * @return whether that was anything
   */
  boolean moveTo(PacketQueue.Offering queue) {
    int before = first;
    while (!isEmpty() && queue.hasRoom()) {
      queue.offer(remove());
    }
    return first != before;
  }

  void releaseAll() {
    while (!isEmpty()) {
      remove().release();
    }
  }
}
