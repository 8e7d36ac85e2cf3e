package dev.aeon.slabs.rpc;

import dev.aeon.slabs.transport.Backoff;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Waiting with an end to it. For one thread at a time. */
final class Patience {
  private final Backoff backoff = new Backoff();
  private final LongSupplier nanoClock;
  private final long timeoutNanos;
  private long startNanos;
  private boolean waiting;

  Patience(LongSupplier nanoClock, Duration timeout) {
    this.nanoClock = nanoClock;
    this.timeoutNanos = saturatedNanos(timeout);
  }

  /** Begins anew. */
  void reset() {
    backoff.reset();
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
    if (nanoClock.getAsLong() - startNanos >= timeoutNanos) {
      throw new RpcTimeoutException(
          "time passed while %s: timeoutNanos=%d".formatted(what, timeoutNanos));
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new SocketClosedException("interrupted while " + what);
    }
    backoff.idle();
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
