package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Messages of all pipes, in the order in which they came, of a pattern that drops nothing: up to
 * {@code queueCount} are taken ahead of the application; beyond that each pipe holds one and reads
 * no further, which holds its peer back.
 */
final class Intake {
  /** Machines that drop nothing receive without looking at the time. */
  private static final long NO_TIME = 0;

  private final Effects effects;
  private final ProtocolMachine machine;
  private final Inbox inbox;
  private final ArrayDeque<PipeHandle> holders = new ArrayDeque<>(4);
  private final ArrayDeque<Packet> held = new ArrayDeque<>(4);
  private int queueCount;

  /**
   * @param machine calls {@link #arrived} for what it has received and is to be taken
   */
  Intake(Effects effects, ProtocolMachine machine) {
    this.effects = effects;
    this.machine = machine;
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

  /** The next message, or null. */
  @Nullable Packet poll() {
    Packet queued = inbox.poll();
    if (queued != null) {
      refill();
      return queued;
    }
    Packet taken = held.poll();
    if (taken != null) {
      readOn(holders.remove());
    }
    return taken;
  }

  private void readOn(PipeHandle pipe) {
    Packet next = effects.readAtOnce(pipe);
    if (next == null) {
      effects.receiveNext(pipe);
    } else {
      machine.received(pipe, next, NO_TIME);
    }
  }

  void receive(Operation operation) {
    if (inbox.isEmpty() && !held.isEmpty()) {
      operation.putPacket(held.remove());
      effects.complete(operation);
      readOn(holders.remove());
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
