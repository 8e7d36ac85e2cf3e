package dev.aeon.checks.bench.ring;

/**
 * A count that no other object shares a cache line with: one that the reader writes at every record
 * would otherwise take the line of whatever lies beside it away from the writer. Confined to its
 * thread.
 */
final class LoneCount {
  private static final int LINE_WORDS = 16;

  private final long[] words = new long[2 * LINE_WORDS + 1];

  long get() {
    return words[LINE_WORDS];
  }

  void set(long count) {
    words[LINE_WORDS] = count;
  }
}
