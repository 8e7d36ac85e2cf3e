package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * PUB: every message goes to every pipe and a send never waits. A pipe that is slow queues up to
 * {@code queueCount} messages, then loses its oldest.
 */
public final class Pub0Machine extends MachineBase {
  private final List<Subscriber> subscribers = new ArrayList<>();
  private int queueCount;

  public Pub0Machine(Effects effects, int queueCount) {
    super(effects);
    this.queueCount = queueCount;
  }

  /** Messages that each pipe queues, at least 1; counts from the next send on. */
  public void setQueueCount(int count) {
    queueCount = count;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PUB0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    subscribers.add(new Subscriber(pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    Subscriber gone = find(pipe);
    subscribers.remove(gone);
    gone.clear();
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    packet.release();
    effects.closePipe(pipe, PipeFault.UNEXPECTED_MESSAGE);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    find(pipe).advance();
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    Packet packet = operation.takePacket();
    for (int index = 0; index < subscribers.size(); index++) {
      subscribers.get(index).offer(packet.retain());
    }
    packet.release();
    effects.complete(operation);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return false;
  }

  @Override
  public void close() {
    subscribers.forEach(Subscriber::clear);
  }

  private Subscriber find(PipeHandle pipe) {
    for (int index = 0; index < subscribers.size(); index++) {
      if (subscribers.get(index).pipe.id() == pipe.id()) {
        return subscribers.get(index);
      }
    }
    throw new IllegalStateException("pipe is not attached: pipe=" + pipe.id());
  }

  private final class Subscriber {
    private final PipeHandle pipe;
    private final ArrayDeque<Packet> queue = new ArrayDeque<>();
    private boolean busy;

    Subscriber(PipeHandle pipe) {
      this.pipe = pipe;
    }

    void offer(Packet packet) {
      if (!busy) {
        busy = true;
        effects.transmit(pipe, packet);
      } else {
        enqueue(packet);
      }
    }

    private void enqueue(Packet packet) {
      while (queue.size() >= queueCount) {
        queue.remove().release();
        effects.dropped();
      }
      queue.add(packet);
    }

    void advance() {
      Packet next = queue.poll();
      busy = next != null;
      if (next != null) {
        effects.transmit(pipe, next);
      }
    }

    void clear() {
      queue.forEach(Packet::release);
      queue.clear();
    }
  }
}
