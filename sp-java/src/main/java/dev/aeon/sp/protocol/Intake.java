package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;

/**
 * Messages of all pipes, in the order in which they came, of a pattern that drops nothing: up to
 * {@code queueCount} are taken ahead of the application; beyond that each pipe holds one and reads
 * no further, which holds its peer back.
 */
final class Intake {
  private final Effects effects;
  private final Inbox inbox;
  private final ArrayDeque<PipeHandle> holders = new ArrayDeque<>(4);
  private final ArrayDeque<Packet> held = new ArrayDeque<>(4);
  private int queueCount;

  Intake(Effects effects) {
    this.effects = effects;
    this.inbox = new Inbox(effects);
  }

  /** Messages taken ahead, from 0. */
  void setQueueCount(int count) {
    queueCount = count;
    refill();
  }

  void arrived(PipeHandle pipe, Packet packet) {
    if (inbox.hasRoom(queueCount)) {
      inbox.put(packet);
      effects.receiveNext(pipe);
    } else {
      holders.add(pipe);
      held.add(packet);
    }
  }

  /** Whether nothing is there to be received. */
  boolean isEmpty() {
    return inbox.isEmpty() && held.isEmpty();
  }

  void receive(Operation operation) {
    if (inbox.isEmpty() && !held.isEmpty()) {
      operation.putPacket(held.remove());
      effects.complete(operation);
      effects.receiveNext(holders.remove());
    } else {
      inbox.receive(operation);
      refill();
    }
  }

  private void refill() {
    while (!held.isEmpty() && inbox.hasRoom(queueCount)) {
      inbox.put(held.remove());
      effects.receiveNext(holders.remove());
    }
  }

  boolean withdraw(Operation operation) {
    return inbox.withdraw(operation);
  }

  void close() {
    inbox.clear(Failure.CLOSED);
    held.forEach(Packet::release);
    held.clear();
    holders.clear();
  }
}
