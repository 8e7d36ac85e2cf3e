package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;

/**
 * REQ or SURVEYOR without their state, for devices: what is sent has its header already, and what
 * arrives has its first header word, the pipe or the request that it answers, apart from its body.
 */
public final class RawAskMachine extends MachineBase {
  private final ProtocolNumber number;
  private final Intake intake;
  private final IntMap<Outbox> everyone = new IntMap<>();
  private final Push0Machine one;
  private int sendQueueCount;

  /**
   * @param number REQ, which sends to one pipe and waits for it, or SURVEYOR, which sends to all
   * @param sendQueueCount SURVEYOR: messages that wait for each busy pipe
   */
  public RawAskMachine(Effects effects, ProtocolNumber number, int sendQueueCount) {
    super(effects);
    this.number = number;
    this.intake = new Intake(effects, this);
    this.one = new Push0Machine(effects);
    this.sendQueueCount = sendQueueCount;
  }

  private boolean sendsToAll() {
    return number == ProtocolNumber.SURVEYOR0;
  }

  public void setSendQueueCount(int count) {
    sendQueueCount = count;
  }

  public void setReceiveQueueCount(int count) {
    intake.setQueueCount(count);
  }

  @Override
  public ProtocolNumber number() {
    return number;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    if (sendsToAll()) {
      everyone.put(pipe.id(), new Outbox(effects, pipe));
      effects.receiveNext(pipe);
    } else {
      one.attach(pipe, nowNanos);
    }
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    if (sendsToAll()) {
      attached(everyone, pipe).clear();
      everyone.remove(pipe.id());
    } else {
      one.detach(pipe, nowNanos);
    }
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (packet.hasWord()) {
      var _ = packet.moveWordToHeader();
      intake.arrived(pipe, packet);
    } else {
      packet.release();
      effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
    }
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    if (sendsToAll()) {
      attached(everyone, pipe).advance();
    } else {
      one.transmitted(pipe, nowNanos);
    }
  }

  @Override
  public boolean canSend() {
    return sendsToAll() || one.canSend();
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    if (operation.packet().headerWordCount() == 0) {
      effects.fail(operation, Failure.WRONG_STATE);
    } else if (sendsToAll()) {
      sendToAll(operation);
    } else {
      one.send(operation, nowNanos);
    }
  }

  private void sendToAll(Operation operation) {
    Packet packet = operation.takePacket();
    for (int slot = 0; slot < everyone.slotCount(); slot++) {
      Outbox each = everyone.valueAt(slot);
      if (each != null) {
        each.offerDroppingNewest(packet.retain(), sendQueueCount);
      }
    }
    packet.release();
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
    return intake.withdraw(operation) || one.withdraw(operation);
  }

  @Override
  public void close() {
    intake.close();
    one.close();
    everyone.forEach(Outbox::clear);
    everyone.clear();
  }
}
