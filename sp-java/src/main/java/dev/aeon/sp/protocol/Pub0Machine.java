package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;

/**
 * PUB: every message goes to every pipe. A pipe that is slow queues up to {@code queueCount}
 * messages; then it loses its oldest, or, where the machine was told to wait, holds the sender up.
 */
public final class Pub0Machine extends MachineBase {
  private final IntMap<Outbox> subscribers = new IntMap<>();
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();
  private int queueCount;
  private boolean waits;

  public Pub0Machine(Effects effects, int queueCount) {
    super(effects);
    this.queueCount = queueCount;
  }

  /** Messages that each pipe queues, at least 1; counts from the next send on. */
  public void setQueueCount(int count) {
    queueCount = count;
  }

  /** Whether a send waits for room in every queue, in place of dropping. */
  public void setWaits(boolean wanted) {
    waits = wanted;
    sendWaiting();
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PUB0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    subscribers.put(pipe.id(), new Outbox(effects, pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    attached(subscribers, pipe).clear();
    subscribers.remove(pipe.id());
    sendWaiting();
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    packet.release();
    effects.closePipe(pipe, PipeFault.UNEXPECTED_MESSAGE);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(subscribers, pipe).advance();
    sendWaiting();
  }

  private void sendWaiting() {
    while (!waiting.isEmpty() && maySend()) {
      publish(waiting.remove());
    }
  }

  private boolean maySend() {
    return !waits || haveAllRoom();
  }

  private boolean haveAllRoom() {
    for (int slot = 0; slot < subscribers.slotCount(); slot++) {
      Outbox each = subscribers.valueAt(slot);
      if (each != null && !each.hasRoom(queueCount)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    if (waiting.isEmpty() && maySend()) {
      publish(operation);
    } else {
      waiting.add(operation);
    }
  }

  private void publish(Operation operation) {
    Packet packet = operation.takePacket();
    for (int slot = 0; slot < subscribers.slotCount(); slot++) {
      Outbox each = subscribers.valueAt(slot);
      if (each != null) {
        each.offerDroppingOldest(packet.retain(), queueCount);
      }
    }
    packet.release();
    effects.complete(operation);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  @Override
  public void close() {
    failAll(waiting, Failure.CLOSED);
    subscribers.forEach(Outbox::clear);
    subscribers.clear();
  }
}
