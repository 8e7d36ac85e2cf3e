package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;

/**
 * REP or RESPONDENT without their state, for devices: what arrives has in its header the pipe it
 * came by and then its backtrace; what is sent goes to the pipe that its first header word names,
 * without that word. Answers to pipes that have gone or are full are dropped.
 */
public final class RawAnswerMachine extends MachineBase {
  private final ProtocolNumber number;
  private final IntMap<Outbox> pipes = new IntMap<>();
  private final Intake intake;
  private int maxHopCount;
  private int sendQueueCount;

  /**
   * @param number REP or RESPONDENT
   * @param maxHopCount longest backtrace to accept, in words: 1 to 15
   * @param sendQueueCount answers that wait for each busy pipe
   */
  public RawAnswerMachine(
      Effects effects, ProtocolNumber number, int maxHopCount, int sendQueueCount) {
    super(effects);
    this.number = number;
    this.intake = new Intake(effects, this);
    this.maxHopCount = maxHopCount;
    this.sendQueueCount = sendQueueCount;
  }

  public void setMaxHopCount(int count) {
    maxHopCount = count;
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
    pipes.put(pipe.id(), new Outbox(effects, pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    attached(pipes, pipe).clear();
    pipes.remove(pipe.id());
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    switch (Backtrace.read(packet, maxHopCount)) {
      case COMPLETE -> {
        packet.prependWord(pipe.id());
        intake.arrived(pipe, packet);
      }
      case TOO_LONG -> {
        packet.release();
        effects.dropped(pipe);
        effects.receiveNext(pipe);
      }
      case CUT_SHORT -> {
        packet.release();
        effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
      }
    }
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(pipes, pipe).advance();
  }

  @Override
  public boolean canSend() {
    return true;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    if (operation.packet().headerWordCount() == 0) {
      effects.fail(operation, Failure.WRONG_STATE);
      return;
    }
    Packet packet = operation.takePacket();
    Outbox to = pipes.get(packet.dropFirstHeaderWord());
    if (to == null) {
      packet.release();
      effects.dropped();
    } else {
      to.offerDroppingNewest(packet, sendQueueCount);
    }
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
    return intake.withdraw(operation);
  }

  @Override
  public void close() {
    intake.close();
    pipes.forEach(Outbox::clear);
    pipes.clear();
  }
}
