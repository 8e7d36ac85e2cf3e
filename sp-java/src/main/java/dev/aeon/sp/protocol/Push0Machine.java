package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;

/**
 * PUSH: each message goes to one pipe, in the order in which pipes became ready; without a ready
 * pipe the send waits. Nothing is dropped, nothing buffered.
 */
public final class Push0Machine extends MachineBase {
  private final ArrayDeque<PipeHandle> ready = new ArrayDeque<>();
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();

  public Push0Machine(Effects effects) {
    super(effects);
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PUSH0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    effects.receiveNext(pipe);
    transmitted(pipe, nowNanos);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    ready.remove(pipe);
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    packet.release();
    effects.dropped();
    effects.receiveNext(pipe);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    Operation next = waiting.poll();
    if (next == null) {
      ready.add(pipe);
    } else {
      dispatch(pipe, next);
    }
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    PipeHandle pipe = ready.poll();
    if (pipe == null) {
      waiting.add(operation);
    } else {
      dispatch(pipe, operation);
    }
  }

  private void dispatch(PipeHandle pipe, Operation operation) {
    effects.transmit(pipe, operation.takePacket());
    effects.complete(operation);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  @Override
  public void close() {
    failAll(waiting, Failure.CLOSED);
  }
}
