package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * REQ: one request at a time, answered by the reply of the same id. A new send abandons the request
 * before. The request is sent again, id unchanged, when the pipe that took it is lost and when no
 * reply came within the resend time; every other reply is ignored.
 */
@SuppressWarnings("ReferenceEquality") // an operation is itself
public final class Req0Machine extends MachineBase {
  private static final int ID_BIT = 0x8000_0000;

  private final ArrayDeque<PipeHandle> ready = new ArrayDeque<>();
  private long resendNanos;
  private int id;
  private @Nullable Operation sender;
  private @Nullable Operation receiver;
  private @Nullable Packet request;
  private @Nullable Packet reply;
  private @Nullable PipeHandle carrier;
  private long resendDeadlineNanos;
  private boolean lost;

  /**
   * @param seed any number: where request ids start
   * @param resendNanos how long to wait for a reply before sending again; 0 for never
   */
  public Req0Machine(Effects effects, int seed, long resendNanos) {
    super(effects);
    this.id = seed | ID_BIT;
    this.resendNanos = resendNanos;
  }

  /** Counts from the next request on. */
  public void setResendNanos(long nanos) {
    resendNanos = nanos;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.REQ0;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    effects.receiveNext(pipe);
    transmitted(pipe, nowNanos);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    ready.add(pipe);
    dispatchIfWaiting(nowNanos);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    ready.remove(pipe);
    if (carrier != null && carrier.id() == pipe.id()) {
      carrier = null;
      carrierLost(nowNanos);
    }
  }

  private void carrierLost(long nowNanos) {
    if (resendNanos > 0) {
      dispatchIfWaiting(nowNanos);
      return;
    }
    Operation waiting = receiver;
    reset();
    lost = waiting == null;
    if (waiting != null) {
      effects.fail(waiting, Failure.CONNECTION_LOST);
    }
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    cancelOutstanding(Failure.CANCELLED);
    id = (id + 1) | ID_BIT;
    operation.packet().prependWord(id);
    sender = operation;
    dispatchIfWaiting(nowNanos);
  }

  private void cancelOutstanding(Failure failure) {
    Operation sending = sender;
    Operation receiving = receiver;
    reset();
    if (sending != null) {
      effects.fail(sending, failure);
    }
    if (receiving != null) {
      effects.fail(receiving, failure);
    }
  }

  private void reset() {
    release(request);
    release(reply);
    request = null;
    reply = null;
    carrier = null;
    sender = null;
    receiver = null;
    lost = false;
  }

  private static void release(@Nullable Packet packet) {
    if (packet != null) {
      packet.release();
    }
  }

  /** Gives the request, if it is on no pipe, to a ready one. */
  private void dispatchIfWaiting(long nowNanos) {
    boolean waits = sender != null || (request != null && carrier == null);
    if (!waits || ready.isEmpty()) {
      return;
    }
    Packet packet = takeRequest();
    carrier = ready.remove();
    effects.transmit(carrier, packet.retain());
    armResend(nowNanos);
  }

  private Packet takeRequest() {
    if (sender != null) {
      request = sender.takePacket();
      effects.complete(sender);
      sender = null;
    }
    if (request == null) {
      throw new IllegalStateException("no request to send: id=" + Integer.toHexString(id));
    }
    return request;
  }

  private void armResend(long nowNanos) {
    if (resendNanos > 0) {
      resendDeadlineNanos = nowNanos + resendNanos;
      effects.wakeAt(resendDeadlineNanos);
    }
  }

  @Override
  public void expire(long nowNanos) {
    if (request == null || carrier == null || resendNanos == 0) {
      return;
    }
    if (nowNanos - resendDeadlineNanos < 0) {
      effects.wakeAt(resendDeadlineNanos);
      return;
    }
    carrier = null;
    dispatchIfWaiting(nowNanos);
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (!packet.hasWord()) {
      packet.release();
      effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
      return;
    }
    effects.receiveNext(pipe);
    int replyId = packet.moveWordToHeader();
    packet.clearHeader();
    if (request != null && replyId == id) {
      accept(packet);
    } else {
      packet.release();
      effects.dropped();
    }
  }

  private void accept(Packet packet) {
    Operation waiting = receiver;
    reset();
    if (waiting == null) {
      reply = packet;
    } else {
      deliver(waiting, packet);
    }
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    if (reply != null) {
      deliver(operation, reply);
      reply = null;
    } else if (lost) {
      lost = false;
      effects.fail(operation, Failure.CONNECTION_LOST);
    } else if (receiver != null || (request == null && sender == null)) {
      effects.fail(operation, Failure.WRONG_STATE);
    } else {
      receiver = operation;
    }
  }

  @Override
  public boolean withdraw(Operation operation) {
    if (operation != sender && operation != receiver) {
      return false;
    }
    Operation other = operation == sender ? receiver : sender;
    reset();
    if (other != null) {
      effects.fail(other, Failure.CANCELLED);
    }
    return true;
  }

  @Override
  public void close() {
    cancelOutstanding(Failure.CLOSED);
    ready.clear();
  }
}
