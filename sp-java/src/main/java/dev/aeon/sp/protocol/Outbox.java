package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;

/**
 * What is to go out on one pipe of a pattern that sends at its best: a message at a time is with
 * the pipe, a bounded number wait, and one too many costs the oldest or itself.
 */
final class Outbox {
  private final Effects effects;
  private final PipeHandle pipe;
  private final ArrayDeque<Packet> queue = new ArrayDeque<>(4);
  private boolean busy;

  Outbox(Effects effects, PipeHandle pipe) {
    this.effects = effects;
    this.pipe = pipe;
  }

  PipeHandle pipe() {
    return pipe;
  }

  /** How many messages wait. */
  int queuedCount() {
    return queue.size();
  }

  /** Whether a message offered now would be neither dropped nor push out another. */
  boolean hasRoom(int limit) {
    return !busy || queue.size() < limit;
  }

  /** Takes {@code packet}, in a full queue at the price of the oldest. */
  void offerDroppingOldest(Packet packet, int limit) {
    if (busy && queue.size() >= limit && !queue.isEmpty()) {
      drop(queue.remove());
    }
    offerDroppingNewest(packet, limit);
  }

  /** Takes {@code packet} unless the queue is full. */
  void offerDroppingNewest(Packet packet, int limit) {
    if (!busy) {
      if (!effects.transmitAtOnce(pipe, packet)) {
        busy = true;
        effects.transmit(pipe, packet);
      }
    } else if (queue.size() < limit) {
      queue.add(packet);
      effects.queued(pipe, queue.size());
    } else {
      drop(packet);
    }
  }

  private void drop(Packet packet) {
    packet.release();
    effects.dropped(pipe);
  }

  /** The pipe takes another. */
  void advance() {
    Packet next = queue.poll();
    busy = next != null;
    if (next != null) {
      effects.queued(pipe, queue.size());
      effects.transmit(pipe, next);
    }
  }

  void clear() {
    queue.forEach(Packet::release);
    queue.clear();
  }
}
