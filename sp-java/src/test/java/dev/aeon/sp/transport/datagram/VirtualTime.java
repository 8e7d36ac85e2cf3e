package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one task to the next. */
public final class VirtualTime implements Reactor {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::nanos).thenComparingLong(Task::order));
  private long nowNanos = 1_000_000_000;
  private long lastOrder;
  private int doneCount;

  private record Task(long nanos, long order, Runnable action) {}

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public Registration register(Strand strand, int fd, int interest, ReadyHandler handler) {
    throw new UnsupportedOperationException("nothing here has descriptors");
  }

  @Override
  public MemoryWatch register(Strand strand, Memory memory) {
    throw new UnsupportedOperationException("nothing here is polled");
  }

  @Override
  public Alarm schedule(Strand strand, long delayNanos, Runnable action) {
    Task task = new Task(nowNanos + delayNanos, lastOrder++, action);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  void after(long delayNanos, Runnable action) {
    var _ = schedule(Strand.NONE, delayNanos, action);
  }

  @Override
  public void holdBack(Strand strand, Runnable flush) {
    after(0, flush);
  }

  @Override
  public long heldByteLimit() {
    return Long.MAX_VALUE;
  }

  /** How many tasks wait. */
  public int pendingCount() {
    return tasks.size();
  }

  /** How many tasks have run. */
  public int doneCount() {
    return doneCount;
  }

  /** Lets so much time pass. */
  public void advance(long nanos) {
    long until = nowNanos + nanos;
    while (!tasks.isEmpty() && tasks.peek().nanos() <= until) {
      Task task = tasks.poll();
      nowNanos = Math.max(nowNanos, task.nanos());
      doneCount++;
      task.action().run();
    }
    nowNanos = until;
  }
}
