package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * REQ: each context has one request out, answered by the reply of the same id. A new send abandons
 * the request before. The request is sent again, id unchanged, when the pipe that took it is lost
 * and when no reply came within the resend time; every other reply is ignored.
 */
@SuppressWarnings("ReferenceEquality") // an operation is itself
public final class Req0Machine extends MachineBase implements ContextMachine {
  private static final int ID_BIT = 0x8000_0000;

  private final ReadyPipes ready = new ReadyPipes();
  private final ContextQueue<Context> waiting = new ContextQueue<>();
  private final Schedule<Context> resends = new Schedule<>();
  private final IntMap<Context> outstanding = new IntMap<>();
  private final Set<Context> contexts = new HashSet<>();

  /** Whose requests went out at a time that is not known yet. */
  private final ArrayDeque<Context> undated = new ArrayDeque<>(2);

  private final Context own = new Context();
  private int lastId;
  private int pipeCount;
  private long resendNanos;
  private long tickNanos;
  private boolean failsWithoutPeer;

  /**
   * @param seed any number: where request ids start
   * @param resendNanos how long to wait for a reply before sending again; 0 for never
   */
  public Req0Machine(Effects effects, int seed, long resendNanos) {
    super(effects);
    this.lastId = seed | ID_BIT;
    this.resendNanos = resendNanos;
    own.resendNanos = resendNanos;
    contexts.add(own);
  }

  /** Counts from the next request on, of the machine's own and of contexts opened later. */
  public void setResendNanos(long nanos) {
    resendNanos = nanos;
    own.resendNanos = nanos;
  }

  /** Resends happen at multiples of this alone; 0 for exactly when they are due. */
  public void setResendTickNanos(long nanos) {
    tickNanos = nanos;
  }

  private long onTick(long deadlineNanos) {
    return tickNanos == 0
        ? deadlineNanos
        : deadlineNanos + Math.floorMod(-deadlineNanos, tickNanos);
  }

  /** Whether a send fails at once while no pipe is there. */
  public void setFailsWithoutPeer(boolean fails) {
    failsWithoutPeer = fails;
  }

  @Override
  public boolean keepsTime() {
    return true;
  }

  /** When to send a request again need not be known before it is sent. */
  @Override
  public boolean datesLater() {
    return true;
  }

  @Override
  public void date(long nowNanos) {
    for (Context each = undated.poll(); each != null; each = undated.poll()) {
      each.resendAfter(nowNanos);
    }
  }

  /** Replies are waited for without end: it is requests that are sent again. */
  @Override
  public boolean receivesByTime() {
    return false;
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.REQ0;
  }

  @Override
  public Context openContext() {
    Context context = new Context();
    context.resendNanos = resendNanos;
    contexts.add(context);
    return context;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    pipeCount++;
    effects.receiveNext(pipe);
    transmitted(pipe, nowNanos);
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    ready.add(pipe);
    dispatch(nowNanos);
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    pipeCount--;
    ready.remove(pipe);
    List<Context> stranded = new ArrayList<>();
    outstanding.forEach(each -> {
      if (each.isCarriedBy(pipe)) {
        stranded.add(each);
      }
    });
    stranded.forEach(Context::carrierLost);
    dispatch(nowNanos);
  }

  /** Gives requests that are on no pipe to those that are ready. */
  private void dispatch(long nowNanos) {
    while (!waiting.isEmpty() && !ready.isEmpty()) {
      Context next = waiting.poll();
      PipeHandle pipe = ready.poll();
      if (next != null && pipe != null) {
        next.transmitOn(pipe, nowNanos);
      }
    }
  }

  @Override
  public void expire(long nowNanos) {
    for (Context due = resends.pollDue(nowNanos); due != null; due = resends.pollDue(nowNanos)) {
      due.carrier = null;
      waiting.add(due);
    }
    if (!resends.isEmpty()) {
      effects.wakeAt(resends.earliestNanos());
    }
    dispatch(nowNanos);
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    if (hasId(pipe, packet)) {
      effects.receiveNext(pipe);
      answered(pipe, packet);
    }
  }

  private boolean hasId(PipeHandle pipe, Packet packet) {
    if (packet.hasWord()) {
      return true;
    }
    packet.release();
    effects.closePipe(pipe, PipeFault.MALFORMED_HEADER);
    return false;
  }

  private void answered(PipeHandle pipe, Packet packet) {
    Context asked = outstanding.get(packet.moveWordToHeader());
    packet.clearHeader();
    if (asked != null && asked.wasSent()) {
      asked.accept(packet);
    } else {
      packet.release();
      effects.dropped(pipe);
    }
  }

  private int nextId() {
    do {
      lastId = (lastId + 1) | ID_BIT;
    } while (outstanding.contains(lastId));
    return lastId;
  }

  @Override
  public boolean canSend() {
    return !ready.isEmpty();
  }

  @Override
  public boolean trySend(Packet packet) {
    boolean isIdle = waiting.isEmpty() && own.sender == null && own.receiver == null;
    PipeHandle pipe = isIdle ? ready.poll() : null;
    if (pipe == null) {
      return false;
    }
    own.begin(packet);
    own.request = packet;
    own.transmitOn(pipe, UNDATED);
    return true;
  }

  @Override
  public void send(Operation operation, long nowNanos) {
    own.send(operation, nowNanos);
  }

  @Override
  public boolean canReceive() {
    return own.reply != null || own.lost;
  }

  @Override
  public boolean isLikelyReceivable() {
    return own.reply != null;
  }

  /** Each request is one. */
  @Override
  public int turn() {
    return own.turn;
  }

  @Override
  public boolean awaitsArrival() {
    return own.carrier != null && own.receiver == null;
  }

  @Override
  public @Nullable Packet tryReceive() {
    if (own.receiver != null) {
      return null;
    }
    if (own.reply == null && own.carrier != null) {
      takeAwaited(own.carrier);
    }
    Packet reply = own.reply;
    own.reply = null;
    return reply;
  }

  private void takeAwaited(PipeHandle carrier) {
    Packet packet = outstanding.size() == 1 ? effects.takeAwaited(carrier) : null;
    if (packet != null && hasId(carrier, packet)) {
      answered(carrier, packet);
    }
  }

  @Override
  public void receive(Operation operation, long nowNanos) {
    own.receive(operation, nowNanos);
  }

  @Override
  public boolean withdraw(Operation operation) {
    return own.withdraw(operation);
  }

  @Override
  public void close() {
    List.copyOf(contexts).forEach(Context::close);
    ready.clear();
  }

  /** One request and its reply. */
  public final class Context extends ContextNode implements MachineContext {
    private long resendNanos;
    private int turn;
    private int id;
    private @Nullable Operation sender;
    private @Nullable Operation receiver;
    private @Nullable Packet request;
    private @Nullable Packet reply;
    private @Nullable PipeHandle carrier;
    private boolean lost;

    private Context() {}

    /** Counts from the next request on. */
    public void setResendNanos(long nanos) {
      resendNanos = nanos;
    }

    @Override
    public void send(Operation operation, long nowNanos) {
      if (failsWithoutPeer && pipeCount == 0) {
        effects.fail(operation, Failure.NO_PEER);
        return;
      }
      begin(operation.packet());
      sender = operation;
      waiting.add(this);
      dispatch(nowNanos);
    }

    /** Abandons the request before, and names the next. */
    private void begin(Packet packet) {
      cancelOutstanding(Failure.CANCELLED);
      turn++;
      id = nextId();
      outstanding.put(id, this);
      packet.prependWord(id);
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
      outstanding.remove(id);
      id = 0;
      waiting.remove(this);
      resends.remove(this);
      release(request);
      release(reply);
      request = null;
      reply = null;
      carrier = null;
      sender = null;
      receiver = null;
      lost = false;
    }

    private void transmitOn(PipeHandle pipe, long nowNanos) {
      Packet packet = takeRequest();
      carrier = pipe;
      effects.transmit(pipe, packet.retain());
      if (nowNanos == UNDATED) {
        undated.add(this);
      } else {
        resendAfter(nowNanos);
      }
    }

    private void resendAfter(long nowNanos) {
      if (resendNanos > 0 && carrier != null) {
        resends.put(this, onTick(nowNanos + resendNanos));
        effects.wakeAt(resends.earliestNanos());
      }
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

    private boolean wasSent() {
      return request != null;
    }

    private boolean isCarriedBy(PipeHandle pipe) {
      return carrier != null && carrier.id() == pipe.id();
    }

    /** Sent again at once by whatever pipe is ready next, or given up where resending is off. */
    private void carrierLost() {
      carrier = null;
      if (resendNanos > 0) {
        resends.remove(this);
        waiting.add(this);
        return;
      }
      Operation waiter = receiver;
      reset();
      lost = waiter == null;
      if (waiter != null) {
        effects.fail(waiter, Failure.CONNECTION_LOST);
      }
    }

    private void accept(Packet packet) {
      Operation waiter = receiver;
      reset();
      if (waiter == null) {
        reply = packet;
      } else {
        deliver(waiter, packet);
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
      contexts.remove(this);
    }
  }
}
