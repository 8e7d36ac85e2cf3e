package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages that wait for receivers, and receivers that wait for messages: never both at once. */
final class Inbox {
  private final Effects effects;
  private final ArrayDeque<Packet> queue = new ArrayDeque<>(2);
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>(2);

  Inbox(Effects effects) {
    this.effects = effects;
  }

  /** Whether a message would be delivered or queued. */
  boolean hasRoom(int limit) {
    return !waiting.isEmpty() || queue.size() < limit;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Delivers or queues, whatever the number queued. */
  void put(Packet packet) {
    Operation receiver = waiting.poll();
    if (receiver == null) {
      queue.add(packet);
    } else {
      deliver(receiver, packet);
    }
  }

  /** Delivers or queues, in a full queue at the price of the oldest. */
  void offerDroppingOldest(Packet packet, int limit) {
    while (waiting.isEmpty() && queue.size() >= limit && !queue.isEmpty()) {
      drop(queue.remove());
    }
    offerDroppingNewest(packet, limit);
  }

  /** Delivers or queues unless the queue is full. */
  void offerDroppingNewest(Packet packet, int limit) {
    if (hasRoom(limit)) {
      put(packet);
    } else {
      drop(packet);
    }
  }

  private void drop(Packet packet) {
    packet.release();
    effects.dropped();
  }

  /** The next message, or null. */
  @Nullable Packet poll() {
    return queue.poll();
  }

  /** Completes {@code operation} now or when a message comes. */
  void receive(Operation operation) {
    Packet packet = poll();
    if (packet == null) {
      waiting.add(operation);
    } else {
      deliver(operation, packet);
    }
  }

  private void deliver(Operation operation, Packet packet) {
    operation.putPacket(packet);
    effects.complete(operation);
  }

  boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  /** Throws away what is queued and does not pass. */
  void keepOnly(Predicate<Packet> filter) {
    for (Iterator<Packet> each = queue.iterator(); each.hasNext(); ) {
      Packet packet = each.next();
      if (!filter.test(packet)) {
        each.remove();
        packet.release();
      }
    }
  }

  /** Releases what is queued and fails who waits. */
  void clear(Failure failure) {
    queue.forEach(Packet::release);
    queue.clear();
    while (!waiting.isEmpty()) {
      effects.fail(waiting.remove(), failure);
    }
  }
}
