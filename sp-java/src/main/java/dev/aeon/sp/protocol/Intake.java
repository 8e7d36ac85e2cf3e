package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
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
  private final HeldArrivals held = new HeldArrivals();
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
      held.add(pipe, packet);
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
    if (held.isEmpty()) {
      return null;
    }
    PipeHandle pipe = held.pipe();
    Packet taken = held.remove();
    readOn(pipe);
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
      PipeHandle pipe = held.pipe();
      operation.putPacket(held.remove());
      effects.complete(operation);
      readOn(pipe);
    } else {
      inbox.receive(operation);
      refill();
    }
  }

  private void refill() {
    while (!held.isEmpty() && inbox.hasRoom(queueCount)) {
      PipeHandle pipe = held.pipe();
      inbox.put(held.remove());
      effects.receiveNext(pipe);
    }
  }

  boolean withdraw(Operation operation) {
    return inbox.withdraw(operation);
  }

  void close() {
    inbox.clear(Failure.CLOSED);
    held.clear();
  }
}
