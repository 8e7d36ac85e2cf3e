package dev.aeon.sp.core;

import dev.aeon.sp.protocol.ContextMachine;
import dev.aeon.sp.protocol.Effects;
import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.ProtocolMachine;
import dev.aeon.sp.transport.Burst;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportPipe;
import dev.aeon.sp.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One socket: its machine, its endpoints and their pipes, under one lock.
 *
 * <p>Whoever holds the lock may call the machine. What the machine asks of pipes is done before the
 * lock is left, by the same thread; those who wait for operations are woken, and other sockets of
 * the process reached, after it was left. So the machine is never re-entered, and no thread ever
 * holds two sockets' locks.
 */
public final class SocketCore implements Strand, AutoCloseable {
  private static final FaultLog FAULTS = new FaultLog();
  private static final AtomicInteger LAST_ID = new AtomicInteger();

  private final int id = LAST_ID.incrementAndGet();
  private final ReentrantLock lock = new ReentrantLock();
  private final IoWorker worker;
  private final SocketReactor reactor;
  private final ProtocolMachine machine;
  private final CoreSettings settings = new CoreSettings();
  private final Counters counters = new Counters();
  private final List<CoreEndpoint> endpoints = new ArrayList<>();
  private final PipeWatchers watchers = new PipeWatchers(this);
  private final Completions completions = new Completions();
  private final Readiness readiness;
  private final MachineAlarm alarm;
  private final Burst burst;
  private final ArrivalSpin arrivalSpin;

  // What the machine never changes its mind about: to ask would be a call for each message.
  private final boolean keepsTime;
  private final boolean datesLater;
  private final boolean receivesByTime;

  /** Pipes that have something to do before the lock is left, chained through themselves. */
  private @Nullable CorePipe firstUnsettled;

  private @Nullable CorePipe lastUnsettled;
  private int lastPipeId;
  private boolean closed;

  /** How often the thread that holds the lock has taken it. */
  private int depth;

  /** Of the thread that holds the lock, or held it last. */
  private @Nullable Trampoline holder;

  /** Whether the thread that holds the lock has work to do after it. */
  private boolean leftForLater;

  /** The time as read within this hold of the lock: reading it costs as much as a small message. */
  private long readNanos;

  private boolean timeIsRead;

  /**
   * @param machine makes the machine, given where its effects go
   */
  public SocketCore(Function<Effects, ? extends ProtocolMachine> machine) {
    this.worker = IoRuntime.acquire();
    this.reactor = new SocketReactor(worker, this, () -> counters.sent);
    this.alarm = new MachineAlarm(worker, this, this::expire);
    this.machine = machine.apply(new MachineEffects(completions, counters, alarm));
    this.readiness = new Readiness(this.machine);
    this.burst = new Burst(worker::nanoTime);
    this.arrivalSpin = new ArrivalSpin(this, reactor, this.machine);
    this.keepsTime = this.machine.keepsTime();
    this.datesLater = this.machine.datesLater();
    this.receivesByTime = this.machine.receivesByTime();
  }

  private void expire() {
    machine.expire(nanoTime());
  }

  // Strand

  @Override
  public void lock() {
    lock.lock();
    depth++;
    if (depth == 1) {
      entered(Trampoline.current());
    }
  }

  /**
   * As {@link #lock}, for what mostly leaves nothing to be done afterwards: then the thread need
   * not be known.
   */
  private void lockLightly() {
    lock.lock();
    depth++;
  }

  /** As {@link #lockLightly}; returns whether another thread had the lock. */
  private boolean lockToSend() {
    boolean heldUp = !lock.tryLock();
    if (heldUp) {
      lock.lock();
    }
    depth++;
    return heldUp;
  }

  /** Undoes {@link #lockLightly}. */
  private void unlockLightly() {
    if (depth == 1) {
      if (isSomethingLeft()) {
        entered(Trampoline.current());
        unlock();
        return;
      }
      timeIsRead = false;
    }
    depth--;
    lock.unlock();
  }

  private boolean isSomethingLeft() {
    return firstUnsettled != null
        || leftForLater
        || !completions.isEmpty()
        || readiness.isObserved();
  }

  @SuppressWarnings("ReferenceEquality") // a trampoline is itself
  private void entered(Trampoline trampoline) {
    if (holder != trampoline) {
      holder = trampoline;
    }
    trampoline.strandEntered();
  }

  @Override
  public void unlock() {
    if (depth > 1) {
      depth--;
      lock.unlock();
      return;
    }
    Trampoline trampoline = Objects.requireNonNull(holder);
    CoreOperation done;
    List<Runnable> observers;
    try {
      settle();
    } finally {
      done = completions.takeAll();
      observers = readiness.begun(closed);
      depth = 0;
      timeIsRead = false;
      leftForLater = false;
      lock.unlock();
      trampoline.strandLeft();
    }
    Completions.wakeAll(done);
    if (!observers.isEmpty()) {
      observers.forEach(Runnable::run);
    }
    trampoline.runIfFree();
  }

  @Override
  public void afterUnlock(Runnable task) {
    leftForLater = true;
    Trampoline.current().add(task);
  }

  private void settle() {
    for (CorePipe pipe = firstUnsettled; pipe != null; pipe = firstUnsettled) {
      firstUnsettled = pipe.nextUnsettled;
      pipe.settle();
    }
  }

  /** Runs {@code task} with the lock held, on an open socket or a closed one. */
  public <T> T locked(Supplier<T> task) {
    lock();
    try {
      return task.get();
    } finally {
      unlock();
    }
  }

  // Operations

  /**
   * Sends {@code packet}, whose ownership passes unless the send fails.
   *
   * @param context whose conversation; null for the socket's own
   * @return what the calling thread is to wait for, or null: it is done
   */
  public @Nullable BlockingOperation send(
      Packet packet, @Nullable CoreContext context, SpinBudget spin) {
    boolean heldUp = lockToSend();
    try {
      burst.sendBegins(heldUp);
      if (context == null && !closed && machine.trySend(packet)) {
        settle();
        burst.sendIsThrough();
        dateIfLater();
        return null;
      }
      BlockingOperation operation = BlockingOperation.begin(this, packet, context, spin);
      handOver(operation);
      return operation;
    } finally {
      unlockLightly();
    }
  }

  /** Hands a send to the machine; it completes later or has when this returns. */
  public void send(CoreOperation operation) {
    boolean heldUp = lockToSend();
    try {
      burst.sendBegins(heldUp);
      handOver(operation);
    } finally {
      unlockLightly();
    }
  }

  private void handOver(CoreOperation operation) {
    CoreContext context = operation.context();
    try {
      reactor.sendBegins();
      if (isClosed(context)) {
        completions.add(operation, Failure.CLOSED);
      } else if (context == null) {
        machine.send(operation, sendNanos());
      } else {
        context.machine().send(operation, sendNanos());
      }
      dependUnlessPolling(operation);
      settle();
      dateIfLater();
    } finally {
      reactor.sendIsThrough(!operation.isDone() && operation.pollsItself());
      burst.sendIsThrough();
    }
  }

  private void dateIfLater() {
    if (datesLater) {
      machine.date(nanoTime());
    }
  }

  /**
   * As {@link #tryReceive}, once it has come: looks for it as long as {@code spin} says, and no
   * longer than {@code timeoutNanos}.
   *
   * @param turn when the wait began
   */
  public @Nullable Packet lookAndReceive(SpinBudget spin, long timeoutNanos, int turn) {
    return arrivalSpin.receive(spin, timeoutNanos, turn);
  }

  /** The machine's {@linkplain ProtocolMachine#turn turn}. */
  public int turn() {
    return machine.turn();
  }

  /**
   * The next message of the socket's own conversation, if it has arrived.
   *
   * @param ready memory that has something to do, if any has
   */
  @Nullable Packet takeArrived(Reactor.@Nullable Memory ready, int turn) {
    if (ready == null && !machine.isLikelyReceivable()) {
      return null;
    }
    lockLightly();
    try {
      boolean isInTurn = !closed && machine.turn() == turn;
      Packet packet = isInTurn ? machine.tryReceive() : null;
      if (packet == null && ready != null && ready.isReady()) {
        ready.becomeReady();
      }
      settle();
      return packet;
    } finally {
      unlockLightly();
    }
  }

  /**
   * The next message of the socket's own conversation if it is there; null where {@link #receive}
   * has to see to it.
   */
  public @Nullable Packet tryReceive() {
    if (!machine.isLikelyReceivable()) {
      return null;
    }
    lockLightly();
    try {
      reactor.receives();
      return closed ? null : machine.tryReceive();
    } finally {
      unlockLightly();
    }
  }

  /** Hands a receive to the machine; it completes later or has when this returns. */
  public void receive(CoreOperation operation) {
    lockLightly();
    try {
      handOverReceive(operation);
    } finally {
      unlockLightly();
    }
  }

  /**
   * The same for one that has waited before.
   *
   * @param turn when the wait began
   */
  public void receive(CoreOperation operation, int turn) {
    lockLightly();
    try {
      if (operation.context() == null && machine.turn() != turn) {
        completions.add(operation, Failure.CANCELLED);
      } else {
        handOverReceive(operation);
      }
    } finally {
      unlockLightly();
    }
  }

  private void handOverReceive(CoreOperation operation) {
    CoreContext context = operation.context();
    if (isClosed(context)) {
      completions.add(operation, Failure.CLOSED);
    } else if (context == null) {
      machine.receive(operation, receiveNanos());
    } else {
      context.machine().receive(operation, receiveNanos());
    }
    if (!operation.isDone()) {
      burst.end();
      reactor.beforeWait();
    }
    dependUnlessPolling(operation);
  }

  private boolean isClosed(@Nullable CoreContext context) {
    return closed || (context != null && context.isClosed());
  }

  private void dependUnlessPolling(CoreOperation operation) {
    if (!operation.pollsItself()) {
      operation.dependOn(reactor);
    }
  }

  /** From now on {@code operation} waits without polling. */
  void nowDepends(CoreOperation operation) {
    if (!operation.isDone()) {
      lock();
      try {
        operation.dependOn(reactor);
      } finally {
        unlock();
      }
    }
  }

  /** Waits until {@code operation} is done, at the longest {@code timeoutNanos}. */
  public void await(BlockingOperation operation, long timeoutNanos) {
    operation.await(timeoutNanos);
  }

  /** Fails an operation that still waits; false if it is done. */
  public boolean withdraw(CoreOperation operation, Failure cause) {
    lock();
    try {
      boolean withdrawn = !operation.isDone() && forget(operation);
      if (withdrawn) {
        completions.add(operation, cause);
      }
      return withdrawn;
    } finally {
      unlock();
    }
  }

  private boolean forget(CoreOperation operation) {
    CoreContext context = operation.context();
    return context == null ? machine.withdraw(operation) : context.machine().withdraw(operation);
  }

  /** Opens one more conversation; only where the machine is a {@link ContextMachine}. */
  public CoreContext openContext() {
    return locked(() -> new CoreContext(machine(ContextMachine.class).openContext()));
  }

  /** Ends a conversation; who waits in it is told. Idempotent. */
  public void closeContext(CoreContext context) {
    locked(() -> {
      context.close();
      return context;
    });
  }

  /** Fails {@code operation} as timed out unless it is done by then. */
  public Reactor.Alarm failAfter(CoreOperation operation, long timeoutNanos) {
    return worker.schedule(
        this,
        timeoutNanos,
        () -> {
          var _ = withdraw(operation, Failure.TIMED_OUT);
        });
  }

  // Endpoints and pipes

  /** A listener that is not bound yet. With the lock held. */
  public CoreListener newListener(Transport transport, String address) {
    CoreListener listener = new CoreListener(this, transport, address);
    endpoints.add(listener);
    return listener;
  }

  /** A dialer that does not connect yet. With the lock held. */
  public CoreDialer newDialer(Transport transport, String address) {
    CoreDialer dialer = new CoreDialer(this, transport, address);
    endpoints.add(dialer);
    return dialer;
  }

  /**
   * Binds or begins to connect. With the lock held.
   *
   * @throws dev.aeon.sp.transport.TransportException if it cannot be bound; it is as before then
   */
  public void start(CoreEndpoint endpoint) {
    endpoint.start();
  }

  /** Begins to connect, and tells how the first attempt ends. With the lock held. */
  public void start(CoreDialer dialer, FirstAttempt attempt) {
    dialer.reportFirstTo(attempt);
    dialer.start();
  }

  void endpointClosed(CoreEndpoint endpoint) {
    endpoints.remove(endpoint);
  }

  /** With the lock held. */
  public List<CoreEndpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  CorePipe newPipe(CoreEndpoint endpoint, TransportPipe transport) {
    lastPipeId = lastPipeId == Integer.MAX_VALUE ? 1 : lastPipeId + 1;
    return new CorePipe(this, endpoint, transport, lastPipeId);
  }

  void needsSettling(CorePipe pipe) {
    pipe.nextUnsettled = null;
    if (firstUnsettled == null) {
      firstUnsettled = pipe;
    } else {
      Objects.requireNonNull(lastUnsettled).nextUnsettled = pipe;
    }
    lastUnsettled = pipe;
  }

  void pipeGone(CorePipe pipe, CloseReason reason, String detail) {
    counters.closed(reason);
    if (reason.isPeerFault()) {
      FAULTS.report(reason, detail, nanoTime());
    }
  }

  /** Has {@code watcher} told of pipes from now on. With the lock held. */
  public void watch(PipeWatcher watcher) {
    watchers.add(watcher);
  }

  /** Undoes {@link #watch}. With the lock held. */
  public void unwatch(PipeWatcher watcher) {
    watchers.remove(watcher);
  }

  /**
   * Has {@code observer} run, with no strand held, when a send or a receive becomes possible. It
   * depends on the I/O worker: whoever waits for it does not poll.
   */
  public void observe(Runnable observer) {
    locked(() -> {
      readiness.add(observer);
      reactor.more();
      return observer;
    });
  }

  /** Undoes {@link #observe}. */
  public void unobserve(Runnable observer) {
    locked(() -> {
      if (readiness.remove(observer)) {
        reactor.fewer();
      }
      return observer;
    });
  }

  /** Whether a send would not wait; on a closed socket it fails at once. With the lock held. */
  public boolean canSend() {
    return closed || machine.canSend();
  }

  /** Whether a receive would not wait; on a closed socket it fails at once. With the lock held. */
  public boolean canReceive() {
    return closed || machine.canReceive();
  }

  PipeWatchers watchers() {
    return watchers;
  }

  // State

  /** Idempotent; when it returns, nothing of the socket is left. */
  @Override
  public void close() {
    linger(locked(this::endpoints));
    lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      alarm.cancel();
      machine.close();
      List.copyOf(endpoints).forEach(CoreEndpoint::closeLocked);
    } finally {
      unlock();
    }
    reactor.close();
    IoRuntime.release();
  }

  /** Waits for peers to have what was sent, where that can be done here. */
  void linger(List<CoreEndpoint> closing) {
    if (!lock.isHeldByCurrentThread() && !worker.isCurrentThread()) {
      Linger.await(this, reactor, closing);
    }
  }

  /** Unique in the process, from 1. */
  public int id() {
    return id;
  }

  /** The protocol's name. */
  public String protocol() {
    return machine.number().name().toLowerCase(Locale.ROOT);
  }

  /** As the lock's holder sees it; others may see it late. */
  public boolean isClosed() {
    return closed;
  }

  /** To be read and written with the lock held. */
  public CoreSettings settings() {
    return settings;
  }

  public CoreStatistics statistics() {
    return locked(() ->
        new CoreStatistics(
            counters.openPipeCount,
            counters.pipesOpened,
            counters.sent,
            counters.received,
            counters.dropped,
            counters.closesByReason()));
  }

  Reactor reactor() {
    return reactor;
  }

  SocketReactor socketReactor() {
    return reactor;
  }

  /** The machine, as what it is; to be used with the lock held. */
  public <M extends ProtocolMachine> M machine(Class<M> type) {
    return type.cast(machine);
  }

  ProtocolMachine machine() {
    return machine;
  }

  Counters counters() {
    return counters;
  }

  Burst burst() {
    return burst;
  }

  /** The time for the machine, which may have no use for any. With the lock held. */
  long machineNanos() {
    return keepsTime ? nanoTime() : 0;
  }

  private long sendNanos() {
    return datesLater ? ProtocolMachine.UNDATED : machineNanos();
  }

  /** The same for what it receives. */
  long receiveNanos() {
    return receivesByTime ? nanoTime() : 0;
  }

  /** With the lock held. */
  long nanoTime() {
    if (!timeIsRead) {
      timeIsRead = true;
      readNanos = worker.nanoTime();
    }
    return readNanos;
  }
}
