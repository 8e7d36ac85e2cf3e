package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent by a pattern that drops nothing and finds no pipe ready: up to {@code
 * queueCount} messages, whose sends are done, and behind them the sends that wait.
 */
final class Backlog {
  private final Effects effects;
  private final ArrayDeque<Packet> queue = new ArrayDeque<>(2);
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>(2);
  private int queueCount;

  Backlog(Effects effects) {
    this.effects = effects;
  }

  /** Messages queued without a ready pipe, from 0. */
  void setQueueCount(int count) {
    queueCount = count;
    refill();
  }

  /** Whether a message would be queued, and its send done. */
  boolean hasRoom() {
    return waiting.isEmpty() && queue.size() < queueCount;
  }

  void add(Operation operation) {
    waiting.add(operation);
    refill();
  }

  private void refill() {
    while (queue.size() < queueCount && !waiting.isEmpty()) {
      queue.add(take(waiting.remove()));
    }
  }

  private Packet take(Operation operation) {
    Packet packet = operation.takePacket();
    effects.complete(operation);
    return packet;
  }

  /** The next message to send, or null. */
  @Nullable Packet poll() {
    Packet next = queue.poll();
    if (next == null && !waiting.isEmpty()) {
      next = take(waiting.remove());
    }
    refill();
    return next;
  }

  boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  void close() {
    while (!waiting.isEmpty()) {
      effects.fail(waiting.remove(), Failure.CLOSED);
    }
    queue.forEach(Packet::release);
    queue.clear();
  }
}
