package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SUB: each context keeps the messages whose body begins with a prefix that it subscribed. Up to
 * {@code queueCount} wait to be received; then the oldest gives way, or the newest where the
 * context prefers what is old. Before that, where there is one context alone, more is left unread
 * in the pipes for a while: to drop it costs as much as to receive it. See {@link PausedPipes}.
 */
public final class Sub0Machine extends MachineBase implements ContextMachine {
  private final List<Context> contexts = new ArrayList<>(1);
  private final IntMap<Outbox> filtering = new IntMap<>();
  private final Context own;
  private final PausedPipes paused;
  private boolean filtersAtPublisher;

  public Sub0Machine(Effects effects, int queueCount) {
    super(effects);
    this.own = opened(queueCount, true);
    this.paused = new PausedPipes(effects);
  }

  @Override
  public ProtocolNumber number() {
    return ProtocolNumber.SUB0;
  }

  /**
   * Whether publishers that understand it are told what is subscribed, so that they send nothing
   * else; for pipes attached later.
   */
  public void setFiltersAtPublisher(boolean wanted) {
    filtersAtPublisher = wanted;
  }

  /** The machine's own conversation. */
  public Context own() {
    return own;
  }

  /** A context without subscriptions, otherwise set as the machine's own. */
  @Override
  public Context openContext() {
    paused.resumeAll();
    return opened(own.queueCount, own.prefersNew);
  }

  private Context opened(int queueCount, boolean prefersNew) {
    Context context = new Context(queueCount, prefersNew, contexts.size());
    contexts.add(context);
    return context;
  }

  /** Puts the last context in the place of {@code closed}, so that no other has to move. */
  private void forget(Context closed) {
    int index = closed.index;
    Context last = contexts.removeLast();
    if (index < contexts.size()) {
      contexts.set(index, last);
      last.index = index;
    }
    closed.index = Context.CLOSED;
  }

  @Override
  public void attach(PipeHandle pipe, long nowNanos) {
    readOn(pipe, nowNanos);
    if (filtersAtPublisher && pipe.isExtended()) {
      Outbox outbox = new Outbox(effects, pipe);
      filtering.put(pipe.id(), outbox);
      tell(outbox, FilterRequest.BEGIN, new byte[0]);
      contexts.forEach(each ->
          each.subscriptions.forEach(prefix -> tell(outbox, FilterRequest.SUBSCRIBE, prefix)));
    }
  }

  private static void tell(Outbox outbox, byte kind, byte[] prefix) {
    outbox.offerDroppingNewest(FilterRequest.packet(kind, prefix), Integer.MAX_VALUE);
  }

  private void tellAll(byte kind, byte[] prefix) {
    filtering.forEach(each -> tell(each, kind, prefix));
  }

  private boolean isSubscribed(byte[] prefix) {
    return contexts.stream().anyMatch(each -> each.subscriptions.contains(prefix));
  }

  @Override
  public void transmitted(PipeHandle pipe, long nowNanos) {
    attached(filtering, pipe).advance();
  }

  @Override
  public void detach(PipeHandle pipe, long nowNanos) {
    Outbox outbox = filtering.remove(pipe.id());
    if (outbox != null) {
      outbox.clear();
    }
    paused.forget(pipe);
  }

  @Override
  public boolean keepsTime() {
    return true;
  }

  @Override
  public void expire(long nowNanos) {
    paused.expire(nowNanos);
  }

  @Override
  public void received(PipeHandle pipe, Packet packet, long nowNanos) {
    accept(packet);
    readOn(pipe, nowNanos);
  }

  /** What comes on top of a full queue is left where it is while who receives may be quick. */
  private void readOn(PipeHandle pipe, long nowNanos) {
    if (contexts.size() == 1 && !paused.isOutOfPatience() && own.isFull()) {
      paused.add(pipe, nowNanos);
    } else {
      effects.receiveNext(pipe);
    }
  }

  private void accept(Packet packet) {
    Context last = null;
    for (int index = 0; index < contexts.size(); index++) {
      Context each = contexts.get(index);
      if (each.subscriptions.match(packet)) {
        if (last != null) {
          last.accept(copyOf(packet));
        }
        last = each;
      }
    }
    if (last == null) {
      packet.release();
    } else {
      last.accept(packet);
    }
  }

  /** Nothing is queued any more: what was left in the pipes comes next. */
  private void resume() {
    paused.restorePatience();
    while (!paused.isEmpty() && !own.isFull()) {
      Packet next = effects.readAtOnce(paused.first());
      if (next == null) {
        paused.resumeFirst();
      } else {
        accept(next);
      }
    }
  }

  /** Each context owns what it gets: a message may be written to. */
  private static Packet copyOf(Packet packet) {
    Packet copy = Packet.copyOf(packet.body());
    copy.setPipeId(packet.pipeId());
    return copy;
  }

  @Override
  public boolean canReceive() {
    return !own.inbox.isEmpty();
  }

  @Override
  public boolean isLikelyReceivable() {
    return canReceive();
  }

  @Override
  public @Nullable Packet tryReceive() {
    return own.poll();
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
    filtering.forEach(Outbox::clear);
    filtering.clear();
    paused.clear();
    List.copyOf(contexts).forEach(Context::close);
  }

  /** Subscriptions of their own, and a queue. */
  public final class Context implements MachineContext {
    private static final int CLOSED = -1;

    private final Subscriptions subscriptions = new Subscriptions();
    private final Inbox inbox = new Inbox(effects);
    private int queueCount;
    private boolean prefersNew;
    private int index;

    private Context(int queueCount, boolean prefersNew, int index) {
      this.queueCount = queueCount;
      this.prefersNew = prefersNew;
      this.index = index;
    }

    /** Messages that wait to be received, at least 1; counts from the next arrival on. */
    public void setQueueCount(int count) {
      queueCount = count;
    }

    /** Whether a full queue loses its oldest message, or the one that arrives. */
    public void setPrefersNew(boolean wanted) {
      prefersNew = wanted;
    }

    /** Subscribes to bodies that begin with {@code prefix}; the empty prefix is all of them. */
    public void subscribe(byte[] prefix) {
      boolean isNew = !filtering.isEmpty() && !isSubscribed(prefix);
      if (subscriptions.add(prefix) && isNew) {
        tellAll(FilterRequest.SUBSCRIBE, prefix);
      }
    }

    /** Ends a subscription and drops what waits for it alone; false if there is none. */
    public boolean unsubscribe(byte[] prefix) {
      boolean removed = subscriptions.remove(prefix);
      if (removed) {
        inbox.keepOnly(subscriptions::match);
        if (inbox.isEmpty()) {
          resume();
        }
        withdraw(prefix);
      }
      return removed;
    }

    /** Tells publishers that filter, unless another context still wants it. */
    private void withdraw(byte[] prefix) {
      if (!filtering.isEmpty() && !isSubscribed(prefix)) {
        tellAll(FilterRequest.UNSUBSCRIBE, prefix);
      }
    }

    private boolean isFull() {
      return !inbox.hasRoom(queueCount);
    }

    private @Nullable Packet poll() {
      Packet next = inbox.poll();
      if (inbox.isEmpty()) {
        Sub0Machine.this.resume();
      }
      return next == null ? inbox.poll() : next;
    }

    private void accept(Packet packet) {
      if (prefersNew) {
        inbox.offerDroppingOldest(packet, queueCount);
      } else {
        inbox.offerDroppingNewest(packet, queueCount);
      }
    }

    @Override
    public void send(Operation operation, long nowNanos) {
      throw new UnsupportedOperationException(number() + " does not send");
    }

    @Override
    public void receive(Operation operation, long nowNanos) {
      Packet next = poll();
      if (next == null) {
        inbox.receive(operation);
      } else {
        deliver(operation, next);
      }
    }

    @Override
    public boolean withdraw(Operation operation) {
      return inbox.withdraw(operation);
    }

    @Override
    public void close() {
      inbox.clear(Failure.CLOSED);
      if (index != CLOSED) {
        Sub0Machine.this.forget(this);
        subscriptions.forEach(this::withdraw);
      }
    }
  }
}
