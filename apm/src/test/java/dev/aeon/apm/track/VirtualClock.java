package dev.aeon.apm.track;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * A clock that stands until it is told to go on; timers run on the thread that tells it.
 * Thread-safe.
 */
public final class VirtualClock implements InstantSource {
  private record Entry(long atNanos, long order, View owner, Runnable task) {}

  /** The timers of one who closes them; others on the same clock go on. */
  private final class View implements Timers {
    private boolean closed;

    @Override
    public Timer after(Duration delay, Runnable task) {
      synchronized (VirtualClock.this) {
        if (closed) {
          return () -> {};
        }
        Entry entry = new Entry(nowNanos + Math.max(0, delay.toNanos()), order++, this, task);
        entries.add(entry);
        return () -> cancel(entry);
      }
    }

    @Override
    public long nanoTime() {
      return VirtualClock.this.nanoTime();
    }

    @Override
    public void close() {
      synchronized (VirtualClock.this) {
        closed = true;
        entries.removeIf(entry -> entry.owner() == this);
      }
    }
  }

  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
  private final Instant start;
  private Duration jump = Duration.ZERO;
  private long nowNanos;
  private long order;

  public VirtualClock(Instant start) {
    this.start = start;
  }

  @Override
  public synchronized Instant instant() {
    return start.plusNanos(nowNanos).plus(jump);
  }

  /** New timers, as one bus has them. */
  public Timers timers() {
    return new View();
  }

  private synchronized long nanoTime() {
    return nowNanos;
  }

  private synchronized void cancel(Entry entry) {
    entries.remove(entry);
  }

  /** Lets the wall clock jump; timers do not notice. */
  public synchronized void jump(Duration by) {
    jump = jump.plus(by);
  }

  /** Goes on by {@code time} and runs what is due on the way, in order. */
  public void advance(Duration time) {
    long end = nanoTime() + time.toNanos();
    for (Entry next = due(end); next != null; next = due(end)) {
      next.task().run();
    }
    synchronized (this) {
      nowNanos = end;
    }
  }

  private synchronized Entry due(long endNanos) {
    Entry next = entries.isEmpty() ? null : entries.first();
    if (next == null || next.atNanos() > endNanos) {
      return null;
    }
    nowNanos = next.atNanos();
    return entries.pollFirst();
  }

  /** How many timers are set. */
  public synchronized int timerCount() {
    return entries.size();
  }
}
