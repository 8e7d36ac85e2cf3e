package dev.aeon.slabs.transport;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where one thread waits for all that it serves: connections, acceptors, and what other threads
 * tell it by {@link #signal}. With {@link WaitStrategy#WAKE_UP} it sleeps on descriptors, at the
 * cost of a few wake-ups a second, and nothing that happens is slept over: before it sleeps it
 * {@linkplain Member#announceSleep says so} wherever something may come from, and has its caller
 * look once more.
 *
 * <p>{@link #after} and {@link #idle} are for one thread at a time, the rest is thread-safe. A
 * virtual thread pauses instead of sleeping, for a descriptor would hold its carrier.
 */
public final class WaitSet implements AutoCloseable {
  /** Something that a thread waits for. */
  @FunctionalInterface
  public interface Member {
    /** Has whoever brings something from now on signal the set. Called on the waiting thread. */
    void announceSleep();
  }

  /** Sleepers look again after this long, whoever had to wake them may have been killed. */
  public static final Duration LONGEST_SLEEP = Duration.ofMillis(100);

  private static final int SPIN_COUNT = 64;
  private static final int YIELD_COUNT = 64;
  private static final long OWN_TOKEN = -1;

  private final WaitStrategy strategy;
  private final long longestSleepNanos;
  private final int looksBeforeSleep;
  private final Backoff backoff = new Backoff();
  private final Alarm alarm = new Alarm();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final Map<Long, Runnable> watched = new ConcurrentHashMap<>();
  private final @Nullable Poller poller;
  private final @Nullable WakeUp wakeUp;
  private int lookCount;
  private volatile boolean changed;
  private final AtomicLong sleepCount = new AtomicLong();
  private boolean polling;
  private boolean closed;

  private WaitSet(WaitStrategy strategy, long longestSleepNanos, int looksBeforeSleep) {
    this.strategy = strategy;
    this.looksBeforeSleep = looksBeforeSleep;
    this.longestSleepNanos = longestSleepNanos;
    if (strategy == WaitStrategy.WAKE_UP) {
      this.poller = Poller.open();
      this.wakeUp = WakeUp.open();
      poller.add(wakeUp.fd(), Poller.READABLE, OWN_TOKEN);
    } else {
      this.poller = null;
      this.wakeUp = null;
    }
  }

  /** A set that looks again after {@code longestSleep}, which the caller closes. */
  public static WaitSet open(WaitStrategy strategy, Duration longestSleep) {
    return new WaitSet(strategy, saturatedNanos(longestSleep), SPIN_COUNT + YIELD_COUNT);
  }

  /** A set that goes to sleep as soon as it finds nothing. */
  static WaitSet drowsy(Duration longestSleep) {
    return new WaitSet(WaitStrategy.WAKE_UP, saturatedNanos(longestSleep), 0);
  }

  /** {@link #reset} or {@link #idle}, as work was found or not. */
  public void after(int workCount) {
    if (workCount > 0) {
      reset();
    } else {
      idle(longestSleepNanos);
    }
  }

  /** Something was found. */
  public void reset() {
    lookCount = 0;
    backoff.reset();
  }

  /**
   * Nothing was found since the last call: waits, or returns at once for one more look.
   *
   * @param maxNanos the longest sleep this time, for what nobody signals
   */
  @SuppressWarnings("ThreadPriorityCheck") // yielding is what the strategy asks for
  public void idle(long maxNanos) {
    switch (strategy) {
      case SPIN -> Thread.onSpinWait();
      case YIELD -> Thread.yield();
      case PARK -> backoff.idle();
      case WAKE_UP -> idleBeforeSleep(Math.min(maxNanos, longestSleepNanos));
    }
  }

  private void idleBeforeSleep(long maxNanos) {
    if (changed) {
      changed = false;
      reset();
    }
    lookCount++;
    if (lookCount <= looksBeforeSleep || Thread.currentThread().isVirtual()) {
      backoff.idle();
    } else if (lookCount == looksBeforeSleep + 1) {
      announceSleep();
    } else {
      sleep(maxNanos);
      lookCount = looksBeforeSleep;
    }
  }

  private void announceSleep() {
    alarm.set();
    synchronized (members) {
      members.forEach(Member::announceSleep);
    }
  }

  private void sleep(long maxNanos) {
    Poller entered = enter();
    if (entered == null) {
      return;
    }
    try {
      sleepCount.incrementAndGet();
      int count = entered.poll(maxNanos);
      alarm.clear();
      for (int index = 0; index < count; index++) {
        dispatch(entered.token(index));
      }
    } finally {
      leave();
    }
  }

  private void dispatch(long token) {
    if (token == OWN_TOKEN && wakeUp != null) {
      wakeUp.drain();
      return;
    }
    Runnable onReadable = watched.get(token);
    if (onReadable != null) {
      onReadable.run();
    }
  }

  private synchronized @Nullable Poller enter() {
    polling = !closed;
    return closed ? null : poller;
  }

  private synchronized void leave() {
    polling = false;
    if (closed) {
      release();
    }
  }

  /** Has the thread look again, if it sleeps or is about to. */
  public void signal() {
    if (alarm.goesOff()) {
      ring();
    }
  }

  private synchronized void ring() {
    if (!closed && wakeUp != null) {
      wakeUp.signal();
    }
  }

  /** How often the thread has slept. */
  public long sleepCount() {
    return sleepCount.get();
  }

  /** Takes in what the thread waits for from now on. */
  public void add(Member member) {
    members.add(member);
    changed = true;
    signal();
  }

  /** After this returns, the member is not called any more. */
  public void remove(Member member) {
    synchronized (members) {
      members.remove(member);
    }
  }

  /**
   * Has a descriptor that becomes readable end a sleep.
   *
   * @param onReadable takes away what makes it readable, on the waiting thread
   */
  public synchronized void watch(int fd, Runnable onReadable) {
    if (poller != null && !closed) {
      watched.put((long) fd, onReadable);
      poller.add(fd, Poller.READABLE, fd);
    }
  }

  /** To be called before the descriptor is closed. Does nothing for one that is not watched. */
  public synchronized void unwatch(int fd) {
    if (poller != null && !closed && watched.remove((long) fd) != null) {
      poller.remove(fd);
    }
  }

  /** Ends a sleep and frees the descriptors; later calls do nothing. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    ring();
    closed = true;
    if (!polling) {
      release();
    }
  }

  private void release() {
    if (poller != null && wakeUp != null) {
      poller.close();
      wakeUp.close();
    }
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
