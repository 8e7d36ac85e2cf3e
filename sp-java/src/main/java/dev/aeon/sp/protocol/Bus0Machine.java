package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;

/**
 * BUS: every message goes to every neighbour that keeps up, and to nobody beyond. Raw, a message
 * that names the pipe it came by does not go back there.
 */
public final class Bus0Machine extends MachineBase {
  private final IntMap<Outbox> neighbours = new IntMap<>();
  private final Inbox inbox;
  private final boolean raw;
  private int sendQueueCount;
  private int receiveQueueCount;

  /**
   * @param raw whether messages carry the pipe they came by, as their one header word
   * @param sendQueueCount messages that wait for each busy pipe
   * @param receiveQueueCount messages that wait to be received
   */
  public Bus0Machine(Effects effects, boolean raw, int sendQueueCount, int receiveQueueCount) {
    super(effects);
    this.inbox = new Inbox(effects);
    this.raw = raw;
    this.sendQueueCount = sendQueueCount;
    this.receiveQueueCount = receiveQueueCount;
  }

  public void setSendQueueCount(int count) {
    sendQueueCount = count;
  }

  public void setReceiveQueueCount(int count) {
    receiveQueueCount = count;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.BUS0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    neighbours.put(pipe.id(), new Outbox(effects, pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    attached(neighbours, pipe).clear();
    neighbours.remove(pipe.id());
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (raw) {
      packet.prependWord(pipe.id());
    }
    inbox.offerDroppingNewest(packet, receiveQueueCount);
    effects.receiveNext(pipe);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(neighbours, pipe).advance();
  }

  @Override
  public boolean canSend() {
    return true;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    Packet packet = operation.takePacket();
    int source = raw && packet.headerWordCount() > 0 ? packet.headerWord(0) : Packet.NO_PIPE;
    packet.clearHeader();
    for (int slot = 0; slot < neighbours.slotCount(); slot++) {
      Outbox each = neighbours.valueAt(slot);
      if (each != null && each.pipe().id() != source) {
        each.offerDroppingNewest(packet.retain(), sendQueueCount);
      }
    }
    packet.release();
    effects.complete(operation);
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
    neighbours.forEach(Outbox::clear);
    neighbours.clear();
  }
}
