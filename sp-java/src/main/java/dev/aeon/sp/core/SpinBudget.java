package dev.aeon.sp.core;

/**
 * How long the next wait looks again and again before it sleeps: up to a limit while waits have
 * lately been shorter than that, and not at all where they have not. A wait that slept is as long
 * as it took with the wake-up, so two sides that both sleep, and each for less than the limit, find
 * back to spinning. One for each conversation; races between its users cost precision alone.
 */
public final class SpinBudget {
  private static final boolean CAN_SPIN = Runtime.getRuntime().availableProcessors() > 1;

  /** Each wait weighs a quarter against those before it. */
  private static final int WEIGHT_SHIFT = 2;

  private volatile long limitNanos;
  private volatile long expectedNanos;

  /** Sets the limit; 0 is never to spin. */
  public void setLimit(long limit) {
    limitNanos = limit;
    expectedNanos = 0;
  }

  /** The limit as it was set. */
  public long limitNanos() {
    return limitNanos;
  }

  /** How long to spin in a wait that begins now. */
  long nanos() {
    long limit = limitNanos;
    return CAN_SPIN && expectedNanos <= limit ? limit : 0;
  }

  /** Notes how long a wait took. One very long wait counts as no more than many limits. */
  void note(long waitedNanos) {
    long bounded = Math.min(waitedNanos, limitNanos << WEIGHT_SHIFT);
    long expected = expectedNanos;
    expectedNanos = expected + ((bounded - expected) >> WEIGHT_SHIFT);
  }
}
