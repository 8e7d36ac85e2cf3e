package dev.aeon.spoke.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aeon.spoke.model.SpokeException;
import java.util.function.LongSupplier;

/**
 * So many requests a second for each caller, with a burst of two seconds' worth: a bucket that
 * fills steadily and that each request takes one from. Thread-safe.
 */
public final class RateLimiter {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BURST_SECONDS = 2;
  private static final int MAX_CALLERS = 100_000;

  private final double perSecond;
  private final LongSupplier nanoClock;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_CALLERS).build();

  /**
   * A limiter.
   *
   * @param perSecond 0 for no limit
   */
  public RateLimiter(double perSecond, LongSupplier nanoClock) {
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
  }

  /**
   * Counts a request.
   *
   * @throws SpokeException {@code TOO_MANY_REQUESTS} where it is one too many
   */
  public void take(String caller) {
    if (perSecond > 0 && !buckets.get(caller, _ -> new Bucket()).take()) {
      throw new SpokeException(
          SpokeException.Code.TOO_MANY_REQUESTS,
          "too many requests, caller=" + caller + " limitPerSecond=" + perSecond);
    }
  }

  private double capacity() {
    return Math.max(1, perSecond * BURST_SECONDS);
  }

  private final class Bucket {
    private double filled = capacity();
    private long filledAtNanos = nanoClock.getAsLong();

    synchronized boolean take() {
      long now = nanoClock.getAsLong();
      double added = (now - filledAtNanos) / NANOS_PER_SECOND * perSecond;
      filled = Math.min(capacity(), filled + added);
      filledAtNanos = now;
      if (filled < 1) {
        return false;
      }
      filled--;
      return true;
    }
  }
}
