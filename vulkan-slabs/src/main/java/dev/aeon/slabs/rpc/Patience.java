package dev.aeon.slabs.rpc;

import dev.aeon.slabs.transport.WaitSet;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Waiting with an end to it. For one thread at a time. */
final class Patience {
  private final WaitSet waits;
  private final LongSupplier nanoClock;
  private final long timeoutNanos;
  private long startNanos;
  private boolean waiting;

  Patience(WaitSet waits, LongSupplier nanoClock, Duration timeout) {
    this.waits = waits;
    this.nanoClock = nanoClock;
    this.timeoutNanos = saturatedNanos(timeout);
  }

  /** Begins anew. */
  void reset() {
    waits.reset();
    waiting = false;
  }

  /**
   * Waits a little.
   *
   * @param what for the message: what was waited for
   * @throws RpcTimeoutException where all of the time has passed
   * @throws SocketClosedException where the thread is interrupted, which it stays
   */
  void idle(String what) {
    if (!waiting) {
      waiting = true;
      startNanos = nanoClock.getAsLong();
    }
    long leftNanos = timeoutNanos - (nanoClock.getAsLong() - startNanos);
    if (leftNanos <= 0) {
      throw new RpcTimeoutException(
          "time passed while %s: timeoutNanos=%d".formatted(what, timeoutNanos));
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new SocketClosedException("interrupted while " + what);
    }
    waits.idle(leftNanos);
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
