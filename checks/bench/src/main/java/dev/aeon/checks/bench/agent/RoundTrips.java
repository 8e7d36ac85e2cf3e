package dev.aeon.checks.bench.agent;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Round trips one after the other, for a while. */
final class RoundTrips {
  private RoundTrips() {}

  /** Their times in nanoseconds. */
  static Histogram of(Link link, int seconds) throws Exception {
    run(link, seconds);
    return run(link, seconds);
  }

  private static Histogram run(Link link, int seconds) throws Exception {
    Histogram times = new Histogram(3);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      link.roundTrip();
      times.recordValue(System.nanoTime() - start);
    }
    return times;
  }
}
