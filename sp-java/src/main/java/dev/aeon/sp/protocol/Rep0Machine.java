package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * REP: receives a request, then sends its one reply back the way it came. A pipe reads its next
 * request only when the one before was taken. Receiving again forgets the request before; a reply
 * to a pipe that has gone is discarded and succeeds.
 */
@SuppressWarnings("ReferenceEquality") // an operation is itself
public final class Rep0Machine extends MachineBase {
  private final Map<PipeHandle, Requester> requesters = new HashMap<>();
  private final ArrayDeque<Requester> holders = new ArrayDeque<>();
  private final Backtrace backtrace = new Backtrace();
  private int maxHopCount;
  private @Nullable Operation receiver;
  private @Nullable Requester current;

  public Rep0Machine(Effects effects, int maxHopCount) {
    super(effects);
    this.maxHopCount = maxHopCount;
  }

  /** Longest backtrace to accept, in words: 1 to 15. */
  public void setMaxHopCount(int count) {
    maxHopCount = count;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.REP0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    requesters.put(pipe, new Requester(pipe));
    effects.receiveNext(pipe);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    Requester gone = find(pipe);
    requesters.remove(pipe);
    holders.remove(gone);
    gone.leave();
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    switch (Backtrace.read(packet, maxHopCount)) {
      case COMPLETE -> find(pipe).hold(packet);
      case TOO_LONG -> drop(pipe, packet);
      case CUT_SHORT -> refuse(pipe, packet);
    }
  }

  private void drop(PipeHandle pipe, Packet packet) {
    packet.release();
    effects.dropped();
    effects.receiveNext(pipe);
  }

  private void refuse(PipeHandle pipe, Packet packet) {
    packet.release();
    effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    if (receiver != null) {
      effects.fail(operation, Failure.WRONG_STATE);
      return;
    }
    forgetCurrent();
    receiver = operation;
    matchReceiver();
  }

  private void forgetCurrent() {
    Requester before = current;
    current = null;
    if (before != null) {
      before.closeIfNothingOwed();
    }
  }

  private void matchReceiver() {
    if (receiver == null || holders.isEmpty()) {
      return;
    }
    Operation operation = receiver;
    receiver = null;
    current = holders.remove();
    Packet request = current.takeHeld();
    backtrace.takeFrom(request);
    deliver(operation, request);
    effects.receiveNext(current.pipe);
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    Requester to = current;
    if (to == null) {
      effects.fail(operation, Failure.WRONG_STATE);
      return;
    }
    current = null;
    backtrace.putOn(operation.packet());
    to.reply(operation);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    find(pipe).advance();
  }

  @Override
  public void inputEnded(PipeHandle pipe) {
    Requester requester = find(pipe);
    requester.inputEnded = true;
    requester.closeIfNothingOwed();
  }

  @Override
  public boolean withdraw(Operation operation) {
    if (receiver == operation) {
      receiver = null;
      return true;
    }
    return requesters.values().stream().anyMatch(each -> each.replies.remove(operation));
  }

  @Override
  public void close() {
    if (receiver != null) {
      effects.fail(receiver, Failure.CLOSED);
      receiver = null;
    }
    for (Iterator<Requester> each = requesters.values().iterator(); each.hasNext(); ) {
      each.next().abandon();
      each.remove();
    }
    holders.clear();
    current = null;
  }

  private Requester find(PipeHandle pipe) {
    Requester requester = requesters.get(pipe);
    if (requester == null) {
      throw new IllegalStateException("pipe is not attached: pipe=" + pipe.id());
    }
    return requester;
  }

  /** One pipe: at most one request held, replies in the order they were sent. */
  private final class Requester {
    private final PipeHandle pipe;
    private final ArrayDeque<Operation> replies = new ArrayDeque<>(2);
    private @Nullable Packet held;
    private boolean busy;
    private boolean inputEnded;
    private boolean gone;

    Requester(PipeHandle pipe) {
      this.pipe = pipe;
    }

    void hold(Packet request) {
      held = request;
      holders.add(this);
      matchReceiver();
    }

    Packet takeHeld() {
      Packet taken = held;
      if (taken == null) {
        throw new IllegalStateException("pipe holds no request: pipe=" + pipe.id());
      }
      held = null;
      return taken;
    }

    void reply(Operation operation) {
      if (gone) {
        discard(operation);
      } else if (busy) {
        replies.add(operation);
      } else {
        transmit(operation);
      }
    }

    private void transmit(Operation operation) {
      busy = true;
      effects.transmit(pipe, operation.takePacket());
      effects.complete(operation);
    }

    private void discard(Operation operation) {
      operation.takePacket().release();
      effects.dropped();
      effects.complete(operation);
    }

    void advance() {
      busy = false;
      Operation next = replies.poll();
      if (next != null) {
        transmit(next);
      }
      closeIfNothingOwed();
    }

    void closeIfNothingOwed() {
      boolean owed = busy || held != null || current == this || !replies.isEmpty();
      if (inputEnded && !owed && !gone) {
        effects.closePipe(pipe, PipeFault.ENDED);
      }
    }

    void leave() {
      gone = true;
      releaseHeld();
      while (!replies.isEmpty()) {
        discard(replies.remove());
      }
    }

    void abandon() {
      gone = true;
      releaseHeld();
      failAll(replies, Failure.CLOSED);
    }

    private void releaseHeld() {
      if (held != null) {
        held.release();
        held = null;
      }
    }
  }
}
