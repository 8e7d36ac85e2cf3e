package dev.aeon.sp.transport;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the least to the most, each time a random
 * share between half and all of it, so that peers do not come back in step.
 */
public final class BackOff {
  private final RandomGenerator random;
  private long spanNanos;

  public BackOff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The next wait.
   *
   * @param minNanos first span, at least 1
   * @param maxNanos largest span
   */
  public long nextNanos(long minNanos, long maxNanos) {
    long doubled = spanNanos > maxNanos / 2 ? maxNanos : spanNanos * 2;
    spanNanos = Math.max(Math.min(doubled, maxNanos), minNanos);
    return spanNanos / 2 + random.nextLong(spanNanos / 2 + 1);
  }

  /** Begins anew; after a connection that worked. */
  public void reset() {
    spanNanos = 0;
  }
}
