package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Tasks by time. Thread-safe; knows no clock: every call says what time it is. */
final class TimerQueue {
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(Timer::compare);

  /** Adds a task. */
  synchronized Timer add(Strand strand, long deadlineNanos, Runnable task) {
    Timer timer = new Timer(strand, deadlineNanos, task);
    timers.add(timer);
    return timer;
  }

  synchronized boolean isEarliest(Timer timer) {
    return timers.peek() == timer;
  }

  /** Takes the first task that is due, or null. */
  synchronized @Nullable Timer takeDue(long nowNanos) {
    Timer first = timers.peek();
    return first != null && first.deadlineNanos - nowNanos <= 0 ? timers.poll() : null;
  }

  /** Time until the first task is due, 0 if it is, or -1 if there is none. */
  synchronized long untilNextNanos(long nowNanos) {
    Timer first = timers.peek();
    return first == null ? -1 : Math.max(first.deadlineNanos - nowNanos, 0);
  }

  private synchronized void remove(Timer timer) {
    timers.remove(timer);
  }

  /** One task. */
  final class Timer implements Reactor.Alarm {
    private final Strand strand;
    private final long deadlineNanos;
    private final Runnable task;
    private volatile boolean cancelled;

    private Timer(Strand strand, long deadlineNanos, Runnable task) {
      this.strand = strand;
      this.deadlineNanos = deadlineNanos;
      this.task = task;
    }

    private static int compare(Timer left, Timer right) {
      return Long.signum(left.deadlineNanos - right.deadlineNanos);
    }

    @Override
    public void cancel() {
      cancelled = true;
      remove(this);
    }

    /** Runs the task in its strand. */
    void run() {
      strand.lock();
      try {
        if (!cancelled) {
          task.run();
        }
      } finally {
        strand.unlock();
      }
    }
  }
}
