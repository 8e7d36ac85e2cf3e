package dev.aeon.sp.core;

/**
 * How long the next wait looks again and again before it sleeps: up to a limit while waits have
 * lately been shorter than that, and not at all where they have not. A wait that slept is as long
 * as it took with the wake-up; so that two sides which only wait for each other's wake-ups find
 * back to spinning, one in some waits that are not much too long spins as well. One for each
 * conversation; races between its users cost precision alone.
 */
public final class SpinBudget {
  private static final boolean CAN_SPIN = Runtime.getRuntime().availableProcessors() > 1;

  /** Each wait weighs a quarter against those before it. */
  private static final int WEIGHT_SHIFT = 2;

  /** Waits that are expected to be longer than this many limits are too long to try. */
  private static final int TRIED_LIMITS = 3;

  private static final int MOST_LIMITS = 4;
  private static final int TRIES_MASK = 7;

  private static final long PAUSE_NANOS = 2_000;
  private static final long STREAM_GAP_NANOS = 300;

  private volatile long limitNanos;
  private long expectedNanos;
  private int longWaitCount;

  /** Since the last wait, how often there was nothing to wait for. */
  private int readyCount;

  private boolean streams;

  /** How long the wait under way has looked before its operation began. */
  private long vainNanos;

  /** Sets the limit; 0 is never to spin. */
  public void setLimit(long limit) {
    limitNanos = limit;
    expectedNanos = 0;
  }

  /** The limit as it was set. */
  public long limitNanos() {
    return limitNanos;
  }

  /** Notes that there was nothing to wait for. */
  public void noteReady() {
    readyCount++;
    vainNanos = 0;
  }

  /** Notes that the wait under way has looked for so long, and goes on without. */
  void lookedInVain(long nanos) {
    vainNanos = nanos;
  }

  /** What is left of {@code timeoutNanos} for a wait that has looked in vain, or not yet. */
  public long leftOf(long timeoutNanos) {
    return timeoutNanos - vainNanos;
  }

  /**
   * How long to wait before the first look in a wait that begins now. What comes one by one as fast
   * as it can be made is the cheaper the more of it has come together: to look for each as it comes
   * holds up who makes it.
   */
  long pauseNanos() {
    return streams ? PAUSE_NANOS : 0;
  }

  /** As {@link #nanos}; 0 where the first look is to wait. */
  long nanosUnlessPausing() {
    return streams ? 0 : nanos();
  }

  /** How long to spin in a wait that begins now, or whose operation does. */
  long nanos() {
    if (vainNanos > 0) {
      return 0;
    }
    long limit = limitNanos;
    long expected = expectedNanos;
    boolean spins = expected <= limit || (expected <= limit * TRIED_LIMITS && isTry());
    return CAN_SPIN && spins ? limit : 0;
  }

  private boolean isTry() {
    longWaitCount++;
    return (longWaitCount & TRIES_MASK) == 0;
  }

  /**
   * Notes how long a wait took, or what came of it after it had looked in vain; a short one is
   * believed at once.
   */
  void note(long nanos) {
    long waitedNanos = nanos + vainNanos;
    vainNanos = 0;
    // One that was ready between two waits is what an answer waits for: no stream.
    streams = readyCount > 1 || (readyCount == 0 && waitedNanos < STREAM_GAP_NANOS);
    readyCount = 0;
    long limit = limitNanos;
    long expected = expectedNanos;
    long bounded = Math.min(waitedNanos, limit * MOST_LIMITS);
    expectedNanos =
        expected > limit && waitedNanos <= limit
            ? waitedNanos
            : expected + ((bounded - expected) >> WEIGHT_SHIFT);
  }
}
