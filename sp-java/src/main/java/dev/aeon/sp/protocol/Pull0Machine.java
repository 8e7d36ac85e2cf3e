package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;

/**
 * PULL: takes from the pipes in turn. A pipe reads its next message only when the one before was
 * taken, so that a slow receiver holds its senders back. A message that has arrived is delivered
 * even if its pipe has gone.
 */
public final class Pull0Machine extends MachineBase {
  private final ArrayDeque<PipeHandle> holders = new ArrayDeque<>();
  private final ArrayDeque<Packet> held = new ArrayDeque<>();
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();

  public Pull0Machine(Effects effects) {
    super(effects);
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PULL0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {}

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    Operation receiver = waiting.poll();
    if (receiver == null) {
      holders.add(pipe);
      held.add(packet);
    } else {
      deliver(receiver, packet);
      effects.receiveNext(pipe);
    }
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    if (held.isEmpty()) {
      waiting.add(operation);
    } else {
      deliver(operation, held.remove());
      effects.receiveNext(holders.remove());
    }
  }

  @Override
  public boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  @Override
  public void close() {
    failAll(waiting, Failure.CLOSED);
    held.forEach(Packet::release);
    held.clear();
    holders.clear();
  }
}
