package dev.aeon.apm.track;

import java.time.Duration;

/**
 * Runs things later, by a clock that never jumps. Both methods take calls from any thread and do
 * not block.
 */
public interface Timers extends AutoCloseable {
  /** Something to come. */
  @FunctionalInterface
  interface Timer {
    /** Keeps it from happening, where it has not begun. Again cancelling does nothing. */
    void cancel();
  }

  /** Runs {@code task} once, {@code delay} from now, on a thread of the timers'. */
  Timer after(Duration delay, Runnable task);

  /** Nanoseconds on the clock that the delays are measured by; only differences mean anything. */
  long nanoTime();

  /** Ends: what has not begun never does. */
  @Override
  void close();
}
