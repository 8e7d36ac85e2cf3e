package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * PUB: every message goes to every pipe. A pipe that is slow queues up to {@code queueCount}
 * messages; then it loses its oldest, or, where the machine was told to wait, holds the sender up.
 * A peer that understands {@link FilterRequest} may have the messages filtered here.
 */
public final class Pub0Machine extends MachineBase {
  private static final int MAX_FILTER_COUNT = 65_536;

  private final IntMap<Subscriber> subscribers = new IntMap<>();
  private final ArrayDeque<Operation> waiting = new ArrayDeque<>();
  private int queueCount;
  private boolean waits;

  public Pub0Machine(Effects effects, int queueCount) {
    super(effects);
    this.queueCount = queueCount;
  }

  /** Messages that each pipe queues, at least 1; counts from the next send on. */
  public void setQueueCount(int count) {
    queueCount = count;
  }

  /** Whether a send waits for room in every queue, in place of dropping. */
  public void setWaits(boolean wanted) {
    waits = wanted;
    sendWaiting();
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.PUB0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    subscribers.put(pipe.id(), new Subscriber(pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    attached(subscribers, pipe).outbox.clear();
    subscribers.remove(pipe.id());
    sendWaiting();
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    boolean understood = pipe.isExtended() && attached(subscribers, pipe).filterAs(packet);
    packet.release();
    if (understood) {
      effects.receiveNext(pipe);
    } else {
      effects.closePipe(pipe, PipeFault.UNEXPECTED_MESSAGE);
    }
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(subscribers, pipe).outbox.advance();
    sendWaiting();
  }

  private void sendWaiting() {
    while (!waiting.isEmpty() && maySend()) {
      Operation next = waiting.remove();
      publish(next.packet());
      complete(next);
    }
  }

  private boolean maySend() {
    return !waits || haveAllRoom();
  }

  private boolean haveAllRoom() {
    for (int slot = 0; slot < subscribers.slotCount(); slot++) {
      Subscriber each = subscribers.valueAt(slot);
      if (each != null && !each.outbox.hasRoom(queueCount)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean canSend() {
    return maySend();
  }

  @Override
  public boolean trySend(Packet packet) {
    boolean sends = waiting.isEmpty() && maySend();
    if (sends) {
      publish(packet);
    }
    return sends;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    if (trySend(operation.packet())) {
      complete(operation);
    } else {
      waiting.add(operation);
    }
  }

  private void publish(Packet packet) {
    for (int slot = 0; slot < subscribers.slotCount(); slot++) {
      Subscriber each = subscribers.valueAt(slot);
      if (each != null && each.wants(packet)) {
        each.outbox.offerDroppingOldest(packet.retain(), queueCount);
      }
    }
    packet.release();
  }

  @Override
  public boolean withdraw(Operation operation) {
    return waiting.remove(operation);
  }

  @Override
  public void close() {
    failAll(waiting, Failure.CLOSED);
    subscribers.forEach(each -> each.outbox.clear());
    subscribers.clear();
  }

  /** One pipe, and what it wants: everything, until it says otherwise. */
  private final class Subscriber {
    private final Outbox outbox;
    private @Nullable Subscriptions filter;

    Subscriber(PipeHandle pipe) {
      this.outbox = new Outbox(effects, pipe);
    }

    boolean wants(Packet packet) {
      return filter == null || filter.match(packet);
    }

    boolean filterAs(Packet request) {
      if (filter == null) {
        filter = new Subscriptions();
      }
      return FilterRequest.apply(request, filter, MAX_FILTER_COUNT);
    }
  }
}
