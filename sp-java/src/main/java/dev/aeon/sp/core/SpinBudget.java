package dev.aeon.sp.core;

/**
 * How long the next wait looks again and again before it sleeps: as long as that has lately paid,
 * up to a limit, and hardly at all where it has not. One for each conversation; races between its
 * users cost precision alone.
 */
public final class SpinBudget {
  private static final boolean CAN_SPIN = Runtime.getRuntime().availableProcessors() > 1;
  private static final long LEAST_NANOS = 500;

  private volatile long limitNanos;
  private volatile long nanos;

  /** Sets the limit; 0 is never to spin. */
  public void setLimit(long limit) {
    limitNanos = limit;
    nanos = limit;
  }

  /** The limit as it was set. */
  public long limitNanos() {
    return limitNanos;
  }

  long nanos() {
    return CAN_SPIN ? nanos : 0;
  }

  /** Notes whether a wait ended while it was spinning. */
  void note(boolean paid) {
    long limit = limitNanos;
    nanos = paid ? Math.min(limit, nanos * 2) : Math.min(limit, Math.max(nanos / 2, LEAST_NANOS));
  }
}
