package dev.aeon.checks.bench.trial;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Messages that one thread counts and another looks at, without a fence on the one's way. The count
 * has its cache lines to itself: beside what the other side of a trial reads, each message would
 * wait for a line from there.
 */
final class Tally {
  private static final int LONGS_AROUND = 16;

  private final AtomicLongArray count = new AtomicLongArray(2 * LONGS_AROUND + 1);

  /** For one thread only. */
  void increment() {
    count.setOpaque(LONGS_AROUND, count.getPlain(LONGS_AROUND) + 1);
  }

  long get() {
    return count.getOpaque(LONGS_AROUND);
  }
}
