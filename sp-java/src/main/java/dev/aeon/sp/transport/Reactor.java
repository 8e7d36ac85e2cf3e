package dev.aeon.sp.transport;

/** Time. Thread-safe; tasks run on an I/O thread, in their strand. */
public interface Reactor {
  /** Any monotonic clock's. */
  long nanoTime();

  /** Runs {@code task} after {@code delayNanos}, unless cancelled before. */
  Alarm schedule(Strand strand, long delayNanos, Runnable task);

  /** A task that waits for its time. */
  interface Alarm {
    /** Idempotent; no effect on a task that has begun. */
    void cancel();
  }
}
