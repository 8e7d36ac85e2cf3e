package dev.aeon.sp.core;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Readiness of one socket's descriptors. Whoever waits for the socket looks after them itself, so
 * that a message takes no detour over another thread; else the I/O worker does.
 *
 * <p>One thread leads at a time: it alone polls. The worker watches the poller as one descriptor
 * among its own. When it finds that a caller leads, it stops watching, and begins again when
 * somebody depends on it who does not poll (a future, a parked thread, a write that has to wait),
 * or when nobody has led for a while: connections that come in meanwhile are late by that much.
 * Memory is the same: as long as callers come back to look at it, its writers need not wake
 * anybody.
 */
final class SocketReactor implements Reactor, DependentCount {
  /** How long a caller leads before it parks and leaves the socket to the worker. */
  private static final long LEASE_NANOS = 20_000_000;

  /** Who has longer than this does not mind that the lease may last twice as long. */
  private static final long LONG_TIMEOUT_NANOS = 2 * LEASE_NANOS;

  private static final long IDLE_NANOS = 10_000_000;

  /** A look at memory costs nanoseconds, one at descriptors a system call. */
  static final int LOOKS_PER_POLL = 64;

  static final int LOOKS_PER_CLOCK = 8;

  /** A descriptor that is read instead leaves the others, and wake-ups, to be polled for. */
  private static final int LOOKS_PER_FAVOURITE_POLL = 16;

  /** Who looks at memory without rest looks at descriptors this often at the least. */
  private static final long MOST_NANOS_UNPOLLED = 500_000;

  private static final long WITHOUT_LIMIT = -1;

  private static final long CLOSE_PAUSE_NANOS = 20_000;
  private static final Object CLOSED = new Object();

  private final IoWorker worker;
  private final Strand strand;
  private final AtomicReference<@Nullable Object> leader = new AtomicReference<>();
  private final AtomicInteger dependents = new AtomicInteger();
  private final BlockedWrites blockedWrites;
  private final WatchTable watches = new WatchTable();
  private final HeldBack heldBack;
  private final PolledMemory memory = new PolledMemory();
  private final SleepLimit sleepLimit;
  private volatile @Nullable Polling polling;
  private volatile boolean watched;

  /** Looked at by others in their own time: no look waits until they could see it. */
  private final AtomicLong lastLedNanos = new AtomicLong();

  private @Nullable Alarm watchAgain;

  /** Of the strand: a caller has taken a message since that was last asked. */
  private boolean hasReceived;

  /** When who looks at memory last looked at descriptors; races cost a look. */
  private long lastPolledNanos;

  /** Of the strand: whether the worker will see to it that polled memory is not forgotten. */
  private boolean endOfPollingScheduled;

  /**
   * @param sentCount messages that the socket has sent, as another thread happens to see them
   */
  SocketReactor(IoWorker worker, Strand strand, LongSupplier sentCount) {
    this.worker = worker;
    this.strand = strand;
    this.heldBack = new HeldBack(worker, strand, sentCount);
    this.sleepLimit = new SleepLimit(worker, LEASE_NANOS, this::endSleep);
    this.blockedWrites =
        new BlockedWrites(
            worker, strand, this::isLookedAt, lastLedNanos::getOpaque, this::watchUnlessLed);
  }

  /** What a socket with descriptors has. */
  private record Polling(Poller poller, WakeUp wakeUp, Registration nested) {}

  @Override
  public long nanoTime() {
    return worker.nanoTime();
  }

  @Override
  public Alarm schedule(Strand owner, long delayNanos, Runnable task) {
    return worker.schedule(owner, delayNanos, task);
  }

  @Override
  public MemoryWatch register(Strand owner, Memory polled) {
    return memory.add(polled, blockedWrites);
  }

  @Override
  public void holdBack(Strand owner, Runnable flush) {
    heldBack.add(flush, nanoTime());
  }

  @Override
  public long heldByteLimit() {
    return heldBack.byteLimit();
  }

  /** Somebody is about to wait for a message. With the strand held. */
  void beforeWait() {
    heldBack.flushAll();
  }

  @Override
  public Registration register(Strand owner, int fd, int interest, ReadyHandler handler) {
    Poller poller = polling().poller();
    Watch watch = watches.add(owner, fd, interest, handler, blockedWrites, poller);
    poller.add(fd, interest, watch.token());
    return watch;
  }

  private Polling polling() {
    Polling opened = polling;
    if (opened == null) {
      Poller poller = Poller.open();
      WakeUp wakeUp = WakeUp.open();
      poller.add(wakeUp.fd(), Poller.READABLE, WatchTable.WAKE_UP_TOKEN);
      watched = true;
      opened =
          new Polling(
              poller,
              wakeUp,
              worker.register(strand, poller.fd(), Poller.READABLE, events -> readyForWorker()));
      polling = opened;
    }
    return opened;
  }

  // The worker

  private void readyForWorker() {
    Polling opened = polling;
    if (opened == null) {
      return;
    }
    if (isLeftToCallers() || !tryLead()) {
      unwatch(opened);
      return;
    }
    try {
      pollOnce(opened, 0);
    } finally {
      // A caller that parked meanwhile took this thread for a leader that would be back.
      stopLeading();
    }
  }

  /**
   * Who looks at memory comes back to it: read for that one meanwhile, messages would cost a
   * wake-up each, and the lock.
   */
  private boolean isLeftToCallers() {
    return memory.isWorthPolling() && !isDependedOn() && !isIdle();
  }

  private synchronized void unwatch(Polling opened) {
    if (watched && !isClosed()) {
      opened.nested().setInterest(0);
      watched = false;
      if (watchAgain == null) {
        watchAgain = worker.schedule(strand, IDLE_NANOS, this::watchIfIdle);
      }
    }
    // Whoever led may have left before it could see that nobody watches now.
    if (leader.get() == null && isDependedOn()) {
      watch();
    }
  }

  private synchronized void watchIfIdle() {
    watchAgain = null;
    if (watched || isClosed()) {
      return;
    }
    if (isIdle()) {
      watch();
    } else {
      watchAgain = worker.schedule(strand, IDLE_NANOS, this::watchIfIdle);
    }
  }

  private synchronized void watch() {
    Polling opened = polling;
    if (!watched && opened != null && !isClosed()) {
      watched = true;
      opened.nested().setInterest(Poller.READABLE);
    }
  }

  /** Somebody takes a message that had arrived. With the strand held. */
  void receives() {
    if (!hasReceived) {
      hasReceived = true;
    }
  }

  /** With the strand held. */
  private boolean isIdle() {
    if (hasReceived) {
      hasReceived = false;
      lastLedNanos.setOpaque(nanoTime());
    }
    return leader.get() == null && nanoTime() - lastLedNanos.get() >= IDLE_NANOS;
  }

  private boolean isDependedOn() {
    return dependents.get() > 0 || !blockedWrites.areNone();
  }

  private void watchIfNeeded() {
    if (isDependedOn()) {
      if (!watched) {
        watch();
      }
      endPolling();
    }
  }

  // Those who depend on the worker

  @Override
  public void more() {
    dependents.incrementAndGet();
    watchUnlessLed();
  }

  private void watchUnlessLed() {
    if (leader.get() == null) {
      watchIfNeeded();
    }
  }

  @Override
  public void fewer() {
    dependents.decrementAndGet();
  }

  /** As {@link BlockedWrites#sendBegins}. */
  void sendBegins() {
    blockedWrites.sendBegins();
  }

  /** As {@link BlockedWrites#sendIsThrough}. */
  void sendIsThrough(boolean leads) {
    blockedWrites.sendIsThrough(leads);
  }

  // Who looks at memory without an operation

  /** Whether the calling thread may do so: nobody depends on wake-ups, and nothing is held back. */
  boolean isLookedAtByOne() {
    return isLookedAt() && heldBack.isEmpty();
  }

  /** Whether who waits looks at memory, and nobody depends on being woken. */
  private boolean isLookedAt() {
    return memory.isWorthPolling() && dependents.get() == 0;
  }

  /** The calling thread begins to look. */
  void lookBegins(long nowNanos) {
    beginPolling();
    lastLedNanos.setOpaque(nowNanos);
    if (isPollOverdue(nowNanos)) {
      lookAtDescriptors(nowNanos);
    }
  }

  private boolean isPollOverdue(long nowNanos) {
    return nowNanos - lastPolledNanos >= MOST_NANOS_UNPOLLED;
  }

  Reactor.@Nullable Memory findReadyMemory() {
    return memory.findReady();
  }

  /** However busy the memory is: connections and other pipes have their turn. */
  void lookAtDescriptors(long nowNanos) {
    lastPolledNanos = nowNanos;
    lookAtDescriptors();
  }

  // Callers

  private boolean isClosed() {
    return CLOSED.equals(leader.get());
  }

  private boolean tryLead() {
    return leader.compareAndSet(null, Thread.currentThread());
  }

  private void stopLeading() {
    leader.set(null);
    blockedWrites.watchUnlessLedAgain();
  }

  /**
   * Polls on the calling thread until {@code operation} is done, for a while at the longest. Does
   * nothing where the socket has no descriptors, somebody else leads, or others wait as well.
   *
   * @param begin when the wait began
   * @param spinNanos how long to look again and again before sleeping
   * @return the time as it was last read
   */
  long lead(BlockingOperation operation, long begin, long timeoutNanos, long spinNanos) {
    Polling opened = polling;
    if (opened == null) {
      return memory.isWorthPolling()
          ? spinOverMemory(null, operation, begin, Math.min(spinNanos, timeoutNanos))
          : begin;
    }
    if (dependents.get() > 0 || !tryLead()) {
      return begin;
    }
    try {
      long leaseNanos = Math.min(timeoutNanos, LEASE_NANOS);
      long seenNanos = begin;
      long spinLeftNanos = spinNanos;
      if (memory.isWorthPolling()) {
        seenNanos = spinOverMemory(opened, operation, begin, Math.min(spinNanos, leaseNanos));
        spinLeftNanos = 0;
      }
      return operation.isDone()
          ? seenNanos
          : pollUntilDone(opened, operation, timeoutNanos, spinLeftNanos);
    } finally {
      stopLeading();
    }
  }

  /**
   * Looks once at least, however short the time.
   *
   * @param opened what the calling thread leads; null on a socket without descriptors
   * @return the time as it was last read, which costs as much as some looks
   */
  private long spinOverMemory(
      @Nullable Polling opened, BlockingOperation operation, long begin, long spinNanos) {
    if (spinNanos > 0) {
      beginPolling();
    }
    lastLedNanos.setOpaque(begin);
    long seenNanos = begin;
    int looks = 0;
    // Who is to sleep at once polls in any case.
    boolean polls = spinNanos > 0 && isPollOverdue(begin);
    do {
      looks++;
      lookAtMemory(looks);
      // However busy the memory is: connections and other pipes have their turn.
      if (opened != null && (polls || looks % LOOKS_PER_POLL == 0)) {
        lastPolledNanos = seenNanos;
        pollOnce(opened, 0);
        polls = false;
      }
      if (operation.isDone()) {
        return seenNanos;
      }
      if (looks % LOOKS_PER_CLOCK == 0) {
        seenNanos = nanoTime();
      }
    } while (seenNanos - begin < spinNanos && !Thread.currentThread().isInterrupted());
    return seenNanos;
  }

  /** Memory is looked at from now on. */
  private void beginPolling() {
    if (memory.isPolled()) {
      return;
    }
    strand.lock();
    try {
      memory.begin();
      if (!endOfPollingScheduled) {
        endOfPollingScheduled = true;
        worker.schedule(strand, IDLE_NANOS, this::endPollingIfIdle);
      }
    } finally {
      strand.unlock();
    }
  }

  /** Memory has to wake from now on. */
  private void endPolling() {
    if (!memory.isPolled()) {
      return;
    }
    strand.lock();
    try {
      memory.end();
    } finally {
      strand.unlock();
    }
  }

  private void endPollingIfIdle() {
    endOfPollingScheduled = false;
    if (!memory.isPolled() || isClosed()) {
      return;
    }
    if (isIdle()) {
      memory.end();
    } else {
      endOfPollingScheduled = true;
      worker.schedule(strand, IDLE_NANOS, this::endPollingIfIdle);
    }
  }

  private void lookAtMemory(int looks) {
    Memory ready = memory.findReady();
    if (ready == null) {
      SpinPause.afterLook(looks);
      return;
    }
    strand.lock();
    try {
      if (ready.isReady()) {
        ready.becomeReady();
      }
    } finally {
      strand.unlock();
    }
  }

  /** As {@link #lead}, on a virtual thread: never sleeps, and lets others run between two looks. */
  void lookAndYield(BlockingOperation operation, long limitNanos) {
    boolean polls = memory.isWorthPolling();
    if (polls) {
      beginPolling();
    }
    long begin = nanoTime();
    lastLedNanos.setOpaque(begin);
    Thread looker = Thread.currentThread();
    for (int looks = 1;
        !operation.isDone() && !looker.isInterrupted() && nanoTime() - begin < limitNanos;
        looks++) {
      lookAtMemory(looks);
      lookAtDescriptors();
      SpinPause.letOthersRun();
    }
    if (leader.get() != null || isDependedOn()) {
      endPolling();
    }
  }

  private void lookAtDescriptors() {
    Polling opened = polling;
    if (opened == null || dependents.get() > 0 || !tryLead()) {
      return;
    }
    try {
      pollOnce(opened, 0);
    } finally {
      lastLedNanos.setOpaque(nanoTime());
      stopLeading();
    }
  }

  /** Looks once at least, however short the time; returns the time as it was last read. */
  private long pollUntilDone(
      Polling opened, BlockingOperation operation, long timeoutNanos, long spinNanos) {
    long leaseNanos = Math.min(timeoutNanos, LEASE_NANOS);
    long begin = nanoTime();
    long led = 0;
    int looks = 0;
    do {
      boolean sleeps = led >= spinNanos && led < leaseNanos;
      if (sleeps) {
        // It deals with what came last, which may be what is waited for.
        endPolling();
      }
      if (operation.isDone() || Thread.currentThread().isInterrupted()) {
        return begin + led;
      }
      Watch favourite =
          sleeps || looks++ % LOOKS_PER_FAVOURITE_POLL == 0 ? null : watches.favourite();
      if (sleeps) {
        sleep(opened, timeoutNanos >= LONG_TIMEOUT_NANOS ? WITHOUT_LIMIT : leaseNanos - led);
      } else if (favourite != null) {
        IoWorker.look(favourite);
      } else {
        pollOnce(opened, 0);
      }
      if (!sleeps && !operation.isDone()) {
        SpinPause.letOthersRun();
      }
      long now = nanoTime();
      lastLedNanos.setOpaque(now);
      led = now - begin;
    } while (led < leaseNanos);
    return begin + led;
  }

  /** Without a limit it is the lease that ends the sleep, and no timer of the kernel's. */
  private void sleep(Polling opened, long limitNanos) {
    if (watched) {
      unwatch(opened);
    }
    if (limitNanos != WITHOUT_LIMIT) {
      pollOnce(opened, limitNanos);
      return;
    }
    sleepLimit.sleepBegins(nanoTime());
    try {
      pollOnce(opened, WITHOUT_LIMIT);
    } finally {
      sleepLimit.sleepEnds();
    }
  }

  private synchronized void endSleep() {
    Polling opened = polling;
    if (opened != null && !isClosed()) {
      opened.wakeUp().signal();
    }
  }

  private void pollOnce(Polling opened, long timeoutNanos) {
    Poller poller = opened.poller();
    int readyCount = poller.poll(timeoutNanos);
    for (int index = 0; index < readyCount; index++) {
      dispatch(opened, poller.token(index), poller.events(index));
    }
  }

  private void dispatch(Polling opened, long token, int events) {
    if (token == WatchTable.WAKE_UP_TOKEN) {
      var _ = opened.wakeUp().drain();
      return;
    }
    Watch watch = watches.ready(token);
    if (watch != null) {
      IoWorker.ready(watch, events);
    }
  }

  /** Ends the sleep of {@code thread} if it leads. */
  void wakeIfLeading(Thread thread) {
    Polling opened = polling;
    if (opened != null && thread.equals(leader.get()) && !thread.equals(Thread.currentThread())) {
      opened.wakeUp().signal();
    }
  }

  /** With no strand held, and no operation of the socket waiting any more. */
  void close() {
    Polling opened = polling;
    while (!leader.compareAndSet(null, CLOSED)) {
      if (opened != null) {
        opened.wakeUp().signal();
      }
      LockSupport.parkNanos(CLOSE_PAUSE_NANOS);
    }
    if (opened != null) {
      endWatch(opened);
      opened.poller().close();
      opened.wakeUp().close();
    }
  }

  private void endWatch(Polling opened) {
    strand.lock();
    try {
      closeWatch(opened);
    } finally {
      strand.unlock();
    }
  }

  private synchronized void closeWatch(Polling opened) {
    opened.nested().close();
    if (watchAgain != null) {
      watchAgain.cancel();
    }
  }
}
