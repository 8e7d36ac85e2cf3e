package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;

/**
 * PUSH: each message goes to one pipe, the best and longest ready; without a ready pipe it is
 * queued if there is room, and else its send waits. Nothing is dropped.
 */
public final class Push0Machine extends MachineBase {
  private final ReadyPipes ready = new ReadyPipes();
  private final Backlog backlog;
  private int pipeCount;
  private boolean failsWithoutPeer;

  public Push0Machine(Effects effects) {
    super(effects);
    this.backlog = new Backlog(effects);
  }

  /** Messages queued while no pipe is ready, from 0. */
  public void setSendQueueCount(int count) {
    backlog.setQueueCount(count);
  }

  /** Whether a send fails at once while no pipe is there. */
  public void setFailsWithoutPeer(boolean fails) {
    failsWithoutPeer = fails;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PUSH0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    pipeCount++;
    effects.receiveNext(pipe);
    transmitted(pipe, nowNanos);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    pipeCount--;
    ready.remove(pipe);
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    packet.release();
    effects.dropped(pipe);
    effects.receiveNext(pipe);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    Packet next = backlog.poll();
    if (next == null) {
      ready.add(pipe);
    } else {
      effects.transmit(pipe, next);
    }
  }

  @Override
  public boolean canSend() {
    return !ready.isEmpty() || backlog.hasRoom();
  }

  @Override
  public boolean trySend(Packet packet) {
    PipeHandle pipe = ready.peek();
    if (pipe == null) {
      return false;
    }
    if (effects.transmitAtOnce(pipe, packet)) {
      ready.nextTurn(pipe);
    } else {
      ready.remove(pipe);
      effects.transmit(pipe, packet);
    }
    return true;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    if (trySend(operation.packet())) {
      complete(operation);
    } else if (failsWithoutPeer && pipeCount == 0) {
      effects.fail(operation, Failure.NO_PEER);
    } else {
      backlog.add(operation);
    }
  }

  @Override
  public boolean withdraw(Operation operation) {
    return backlog.withdraw(operation);
  }

  @Override
  public void close() {
    backlog.close();
  }
}
