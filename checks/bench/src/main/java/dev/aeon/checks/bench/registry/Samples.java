package dev.aeon.checks.bench.registry;

import java.util.Arrays;
import java.util.Collection;

/** Latencies in milliseconds. */
final class Samples {
  private static final double NANOS_PER_MILLI = 1e6;

  private final double[] sorted;

  private Samples(double[] sorted) {
    this.sorted = sorted;
  }

  static Samples ofNanos(Collection<Long> nanos) {
    double[] millis = nanos.stream().mapToDouble(each -> each / NANOS_PER_MILLI).toArray();
    Arrays.sort(millis);
    return new Samples(millis);
  }

  double percentile(double percent) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
