package dev.aeon.sp.core;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tasks by time, and by age where times are equal. Adding and cancelling cost the logarithm of how
 * many there are. Thread-safe; knows no clock: every call says what time it is.
 */
final class TimerQueue {
  private final TreeSet<Timer> timers = new TreeSet<>(Timer::compare);
  private long lastSequence;

  /** Adds a task. */
  synchronized Timer add(Strand strand, long deadlineNanos, Runnable task) {
    Timer timer = new Timer(strand, deadlineNanos, ++lastSequence, task);
    timers.add(timer);
    return timer;
  }

  @SuppressWarnings("ReferenceEquality") // a timer is itself
  synchronized boolean isEarliest(Timer timer) {
    return first() == timer;
  }

  private @Nullable Timer first() {
    return timers.isEmpty() ? null : timers.first();
  }

  /** Takes the first task that is due, or null. */
  synchronized @Nullable Timer takeDue(long nowNanos) {
    Timer first = first();
    return first != null && first.deadlineNanos - nowNanos <= 0 ? timers.pollFirst() : null;
  }

  /** Time until the first task is due, 0 if it is, or -1 if there is none. */
  synchronized long untilNextNanos(long nowNanos) {
    Timer first = first();
    return first == null ? -1 : Math.max(first.deadlineNanos - nowNanos, 0);
  }

  private synchronized void remove(Timer timer) {
    timers.remove(timer);
  }

  /** One task. */
  final class Timer implements Reactor.Alarm {
    private final Strand strand;
    private final long deadlineNanos;
    private final long sequence;
    private final Runnable task;
    private volatile boolean cancelled;

    private Timer(Strand strand, long deadlineNanos, long sequence, Runnable task) {
      this.strand = strand;
      this.deadlineNanos = deadlineNanos;
      this.sequence = sequence;
      this.task = task;
    }

    private static int compare(Timer left, Timer right) {
      int byTime = Long.signum(left.deadlineNanos - right.deadlineNanos);
      return byTime != 0 ? byTime : Long.compare(left.sequence, right.sequence);
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
