package dev.aeon.checks.bench.trial;

import java.util.Map;

/** What this process used in a while. */
record Usage(long elapsedNanos, long cpuNanos, long allocatedBytes) {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;

  void putCosts(Map<Figure, Double> figures, long messageCount) {
    requireMessages(messageCount);
    figures.put(Figure.CPU, cpuNanos / NANOS_PER_MICRO / messageCount);
    figures.put(Figure.ALLOCATION, (double) allocatedBytes / messageCount);
  }

  void putRates(Map<Figure, Double> figures, long messageCount, int byteSize) {
    requireMessages(messageCount);
    double perSecond = messageCount * NANOS_PER_SECOND / elapsedNanos;
    figures.put(Figure.MESSAGES, perSecond);
    figures.put(Figure.BYTES, perSecond * byteSize);
  }

  double cpuPercent() {
    return PERCENT * cpuNanos / elapsedNanos;
  }

  private static void requireMessages(long messageCount) {
    if (messageCount <= 0) {
      throw new IllegalStateException("no message came through while it was measured");
    }
  }
}
