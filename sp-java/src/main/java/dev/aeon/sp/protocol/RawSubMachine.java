package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;

/** SUB without subscriptions, for devices: everything that arrives. */
public final class RawSubMachine extends MachineBase {
  private final Inbox inbox;
  private int queueCount;

  public RawSubMachine(Effects effects, int queueCount) {
    super(effects);
    this.inbox = new Inbox(effects);
    this.queueCount = queueCount;
  }

  /** Messages that wait to be received before the oldest gives way. */
  public void setReceiveQueueCount(int count) {
    queueCount = count;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.SUB0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {}

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    inbox.offerDroppingOldest(packet, queueCount);
    effects.receiveNext(pipe);
  }

  @Override
  public boolean canReceive() {
    return !inbox.isEmpty();
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    inbox.receive(operation);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return inbox.withdraw(operation);
  }

  @Override
  public void close() {
    inbox.clear(Failure.CLOSED);
  }
}
