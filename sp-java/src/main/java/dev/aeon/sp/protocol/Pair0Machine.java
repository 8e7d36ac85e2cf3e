package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import org.jspecify.annotations.Nullable;

/**
 * PAIR: two ends, messages both ways, none dropped. While one peer is connected others are turned
 * away; after it has left the next may come.
 */
public class Pair0Machine extends MachineBase {
  private final Intake intake;
  private final Backlog backlog;
  private @Nullable PipeHandle peer;
  private boolean busy;
  private boolean failsWithoutPeer;

  public Pair0Machine(Effects effects) {
    super(effects);
    this.intake = new Intake(effects, this);
    this.backlog = new Backlog(effects);
  }

  /** Messages queued while the pipe is busy or absent, from 0. */
  public final void setSendQueueCount(int count) {
    backlog.setQueueCount(count);
  }

  /** Messages taken ahead of the application, from 0. */
  public final void setReceiveQueueCount(int count) {
    intake.setQueueCount(count);
  }

  /** Whether a send fails at once while no pipe is there. */
  public final void setFailsWithoutPeer(boolean fails) {
    failsWithoutPeer = fails;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PAIR0;
  }

  @Override
  public final void attach(PipeHandle pipe, long nowNanos) {
    if (peer != null) {
      effects.closePipe(pipe, PipeFault.REFUSED);
      return;
    }
    peer = pipe;
    effects.receiveNext(pipe);
    transmitted(pipe, nowNanos);
  }

  @Override
  public final void detach(PipeHandle pipe, long nowNanos) {
    if (isPeer(pipe)) {
      peer = null;
      busy = false;
    }
  }

  private boolean isPeer(PipeHandle pipe) {
    return peer != null && peer.id() == pipe.id();
  }

  @Override
  public final void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (accepts(pipe, packet)) {
      intake.arrived(pipe, packet);
    }
  }

  /** Takes the header off; false if the packet was dealt with otherwise. */
  boolean accepts(PipeHandle pipe, Packet packet) {
    return true;
  }

  /** Puts the header on. */
  void prepare(Packet packet) {}

  @Override
  public final void transmitted(PipeHandle pipe, long nowNanos) {
    Packet next = backlog.poll();
    busy = next != null;
    if (next != null) {
      transmit(pipe, next);
    }
  }

  private void transmit(PipeHandle pipe, Packet packet) {
    prepare(packet);
    effects.transmit(pipe, packet);
  }

  @Override
  public final boolean trySend(Packet packet) {
    if (peer == null || busy) {
      return false;
    }
    prepare(packet);
    if (!effects.transmitAtOnce(peer, packet)) {
      busy = true;
      effects.transmit(peer, packet);
    }
    return true;
  }

  @Override
  public final boolean canSend() {
    return (peer != null && !busy) || backlog.hasRoom();
  }

  @Override
  public final void send(Operation operation, long nowNanos) {
    if (trySend(operation.packet())) {
      complete(operation);
    } else if (peer == null && failsWithoutPeer) {
      effects.fail(operation, Failure.NO_PEER);
    } else {
      backlog.add(operation);
    }
  }

  @Override
  public final boolean canReceive() {
    return !intake.isEmpty();
  }

  @Override
  public final boolean isLikelyReceivable() {
    return canReceive();
  }

  @Override
  public final @Nullable Packet tryReceive() {
    return intake.poll();
  }

  @Override
  public final void receive(Operation operation, long nowNanos) {
    intake.receive(operation);
  }

  @Override
  public final boolean withdraw(Operation operation) {
    return intake.withdraw(operation) || backlog.withdraw(operation);
  }

  @Override
  public final void close() {
    intake.close();
    backlog.close();
  }
}
