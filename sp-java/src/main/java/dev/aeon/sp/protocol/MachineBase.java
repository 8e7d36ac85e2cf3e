package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What most machines share: defaults for events that mean nothing to them. */
abstract class MachineBase implements ProtocolMachine {
  protected final Effects effects;

  MachineBase(Effects effects) {
    this.effects = effects;
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    throw new IllegalStateException(number() + " transmits nothing: pipe=" + pipe.id());
  }

  @Override
  public void inputEnded(PipeHandle pipe) {
    effects.closePipe(pipe, PipeFault.ENDED);
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    throw new UnsupportedOperationException(number() + " does not send");
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    throw new UnsupportedOperationException(number() + " does not receive");
  }

  @Override
  public boolean canSend() {
    return false;
  }

  @Override
  public boolean canReceive() {
    return false;
  }

  @Override
  public void expire(long nowNanos) {}

  protected final void deliver(Operation operation, Packet packet) {
    operation.putPacket(packet);
    effects.complete(operation);
  }

  /** Completes a send whose packet is on its way. */
  protected final void complete(Operation operation) {
    var _ = operation.takePacket();
    effects.complete(operation);
  }

  protected final void failAll(ArrayDeque<Operation> operations, Failure failure) {
    while (!operations.isEmpty()) {
      effects.fail(operations.poll(), failure);
    }
  }

  protected static void release(@Nullable Packet packet) {
    if (packet != null) {
      packet.release();
    }
  }

  /** What is kept of {@code pipe}: everything between attach and detach. */
  protected static <T> T attached(IntMap<T> pipes, PipeHandle pipe) {
    T kept = pipes.get(pipe.id());
    if (kept == null) {
      throw new IllegalStateException("pipe is not attached: pipe=" + pipe.id());
    }
    return kept;
  }
}
