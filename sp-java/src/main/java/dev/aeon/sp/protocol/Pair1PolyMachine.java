package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * PAIR version 1, polyamorous: many peers. A message goes to the pipe that it names, or to the
 * first connected one; one that names a pipe that has gone is dropped.
 */
public final class Pair1PolyMachine extends MachineBase {
  private static final int FIRST_HOP = 1;

  private final IntMap<Peer> peers = new IntMap<>();
  private final ArrayDeque<PipeHandle> inOrder = new ArrayDeque<>();
  private final ArrayDeque<Operation> homeless = new ArrayDeque<>();
  private final Intake intake;
  private int maxHopCount;
  private boolean failsWithoutPeer;

  public Pair1PolyMachine(Effects effects, int maxHopCount) {
    super(effects);
    this.intake = new Intake(effects, this);
    this.maxHopCount = maxHopCount;
  }

  /** Most hops that a message may have made, from 1. */
  public void setMaxHopCount(int count) {
    maxHopCount = count;
  }

  /** Messages taken ahead of the application, from 0. */
  public void setReceiveQueueCount(int count) {
    intake.setQueueCount(count);
  }

  /** Whether a send fails at once while no pipe is there. */
  public void setFailsWithoutPeer(boolean fails) {
    failsWithoutPeer = fails;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PAIR1;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    peers.put(pipe.id(), new Peer(pipe));
    inOrder.add(pipe);
    effects.receiveNext(pipe);
    while (!homeless.isEmpty()) {
      send(homeless.remove(), nowNanos);
    }
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    Peer gone = attached(peers, pipe);
    peers.remove(pipe.id());
    inOrder.remove(pipe);
    while (!gone.waiting.isEmpty()) {
      discard(gone.waiting.remove());
    }
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (HopCount.take(effects, pipe, packet, maxHopCount)) {
      packet.clearHeader();
      intake.arrived(pipe, packet);
    }
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(peers, pipe).advance();
  }

  /** Of a message that names no pipe. */
  @Override
  public boolean canSend() {
    return !inOrder.isEmpty() && !attached(peers, inOrder.element()).busy;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    int pipeId = operation.packet().pipeId();
    if (pipeId != Packet.NO_PIPE) {
      sendTo(peers.get(pipeId), operation);
    } else if (!inOrder.isEmpty()) {
      sendTo(peers.get(inOrder.element().id()), operation);
    } else if (failsWithoutPeer) {
      effects.fail(operation, Failure.NO_PEER);
    } else {
      homeless.add(operation);
    }
  }

  private void sendTo(@Nullable Peer peer, Operation operation) {
    if (peer == null) {
      discard(operation);
    } else {
      peer.send(operation);
    }
  }

  private void discard(Operation operation) {
    operation.takePacket().release();
    effects.dropped();
    effects.complete(operation);
  }

  @Override
  public boolean canReceive() {
    return !intake.isEmpty();
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    intake.receive(operation);
  }

  @Override
  public boolean withdraw(Operation operation) {
    if (intake.withdraw(operation) || homeless.remove(operation)) {
      return true;
    }
    for (int slot = 0; slot < peers.slotCount(); slot++) {
      Peer each = peers.valueAt(slot);
      if (each != null && each.waiting.remove(operation)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    intake.close();
    failAll(homeless, Failure.CLOSED);
    peers.forEach(each -> failAll(each.waiting, Failure.CLOSED));
    peers.clear();
    inOrder.clear();
  }

  /** One connected peer, and who waits to send to it. */
  private final class Peer {
    private final PipeHandle pipe;
    private final ArrayDeque<Operation> waiting = new ArrayDeque<>(2);
    private boolean busy;

    Peer(PipeHandle pipe) {
      this.pipe = pipe;
    }

    void send(Operation operation) {
      if (busy) {
        waiting.add(operation);
      } else {
        transmit(operation);
      }
    }

    private void transmit(Operation operation) {
      busy = true;
      Packet packet = operation.takePacket();
      packet.clearHeader();
      packet.prependWord(FIRST_HOP);
      effects.transmit(pipe, packet);
      effects.complete(operation);
    }

    void advance() {
      busy = false;
      Operation next = waiting.poll();
      if (next != null) {
        transmit(next);
      }
    }
  }
}
