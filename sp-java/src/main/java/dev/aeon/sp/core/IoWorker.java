package dev.aeon.sp.core;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for readiness and time, and runs what they bring in its strand. */
final class IoWorker implements Reactor {
  private static final Logger LOG = LoggerFactory.getLogger(IoWorker.class);

  /** The worker polls for ever, whoever depends on it. */
  private static final DependentCount NOBODY =
      new DependentCount() {
        @Override
        public void more() {}

        @Override
        public void fewer() {}
      };

  private final LongSupplier clock;
  private final Poller poller = Poller.open();
  private final WakeUp wakeUp = WakeUp.open();
  private final TimerQueue timers = new TimerQueue();
  private final WatchTable watches = new WatchTable();
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * @param clock monotonic nanoseconds
   */
  IoWorker(String name, LongSupplier clock) {
    this.clock = clock;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    poller.add(wakeUp.fd(), Poller.READABLE, WatchTable.WAKE_UP_TOKEN);
    thread.start();
  }

  /** Ends the thread and waits for it; not to be called by it. */
  void stop() {
    stopping = true;
    wakeUp.signal();
    joinUninterruptibly();
    poller.close();
    wakeUp.close();
  }

  /** Whether the calling thread is the worker's. */
  boolean isCurrentThread() {
    return thread.equals(Thread.currentThread());
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long nanoTime() {
    return clock.getAsLong();
  }

  @Override
  public Registration register(Strand strand, int fd, int interest, ReadyHandler handler) {
    Watch watch = watches.add(strand, fd, interest, handler, NOBODY, poller);
    poller.add(fd, interest, watch.token());
    return watch;
  }

  @Override
  public Alarm schedule(Strand strand, long delayNanos, Runnable task) {
    TimerQueue.Timer timer = timers.add(strand, nanoTime() + delayNanos, task);
    if (!isCurrentThread() && timers.isEarliest(timer)) {
      wakeUp.signal();
    }
    return timer;
  }

  /** The worker sleeps: memory has to wake it. */
  @Override
  public MemoryWatch register(Strand strand, Memory memory) {
    return new PolledMemory().add(memory, NOBODY);
  }

  /** Not for long, so it may be as much as there is. */
  @Override
  public void holdBack(Strand strand, Runnable flush) {
    schedule(strand, 0, flush);
  }

  @Override
  public long heldByteLimit() {
    return Long.MAX_VALUE;
  }

  private void run() {
    while (!stopping) {
      int readyCount = poller.poll(timers.untilNextNanos(nanoTime()));
      for (int index = 0; index < readyCount; index++) {
        dispatch(poller.token(index), poller.events(index));
      }
      runDueTimers();
    }
  }

  private void dispatch(long token, int events) {
    if (token == WatchTable.WAKE_UP_TOKEN) {
      var _ = wakeUp.drain();
      return;
    }
    Watch watch = watches.ready(token);
    if (watch != null) {
      ready(watch, events);
    }
  }

  private void runDueTimers() {
    long nowNanos = nanoTime();
    for (var due = timers.takeDue(nowNanos); due != null; due = timers.takeDue(nowNanos)) {
      guarded(due::run);
    }
  }

  /** A defect in one socket, or one message too large for memory, must not stop the others. */
  static void ready(Watch watch, int events) {
    try {
      watch.ready(events);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("I/O task failed", e);
    }
  }

  /** As {@link #ready}, without having been told of anything. */
  static void look(Watch watch) {
    try {
      watch.look();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("I/O task failed", e);
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("I/O task failed", e);
    }
  }
}
