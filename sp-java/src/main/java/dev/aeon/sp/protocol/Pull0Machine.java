package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import org.jspecify.annotations.Nullable;

/** PULL: takes messages of all pipes in turn; none is dropped. */
public final class Pull0Machine extends MachineBase {
  private final Intake intake;

  public Pull0Machine(Effects effects) {
    super(effects);
    this.intake = new Intake(effects, this);
  }

  /** Messages taken ahead of the application, from 0. */
  public void setReceiveQueueCount(int count) {
    intake.setQueueCount(count);
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
    intake.arrived(pipe, packet);
  }

  @Override
  public boolean canReceive() {
    return !intake.isEmpty();
  }

  @Override
  public boolean isLikelyReceivable() {
    return canReceive();
  }

  @Override
  public @Nullable Packet tryReceive() {
    return intake.poll();
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    intake.receive(operation);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return intake.withdraw(operation);
  }

  @Override
  public void close() {
    intake.close();
  }
}
