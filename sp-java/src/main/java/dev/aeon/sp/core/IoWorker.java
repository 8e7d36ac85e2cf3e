package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for time and runs what it brings in its strand. */
final class IoWorker implements Reactor {
  private static final Logger LOG = LoggerFactory.getLogger(IoWorker.class);
  private static final long MAX_WAIT_NANOS = 1L << 60;

  private final LongSupplier clock;
  private final TimerQueue timers = new TimerQueue();
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
    thread.start();
  }

  /** Ends the thread and waits for it; not to be called by it. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
    joinUninterruptibly();
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
  public Alarm schedule(Strand strand, long delayNanos, Runnable task) {
    TimerQueue.Timer timer = timers.add(strand, nanoTime() + delayNanos, task);
    if (timers.isEarliest(timer)) {
      LockSupport.unpark(thread);
    }
    return timer;
  }

  private void run() {
    while (!stopping) {
      long nanos = timers.untilNextNanos(nanoTime());
      if (nanos != 0) {
        LockSupport.parkNanos(this, nanos < 0 ? MAX_WAIT_NANOS : nanos);
      }
      runDueTimers();
    }
  }

  private void runDueTimers() {
    long nowNanos = nanoTime();
    for (var due = timers.takeDue(nowNanos); due != null; due = timers.takeDue(nowNanos)) {
      guarded(due::run);
    }
  }

  /** A defect in one socket must not stop the others. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("I/O task failed", e);
    }
  }
}
