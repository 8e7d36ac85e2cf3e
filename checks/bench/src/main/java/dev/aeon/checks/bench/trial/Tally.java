package dev.aeon.checks.bench.trial;

import java.util.concurrent.atomic.AtomicLong;

/** Messages that one thread counts and another looks at, without a fence on the one's way. */
final class Tally {
  private final AtomicLong count = new AtomicLong();

  /** For one thread only. */
  void increment() {
    count.setOpaque(count.getPlain() + 1);
  }

  long get() {
    return count.getOpaque();
  }
}
