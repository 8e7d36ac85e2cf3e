package dev.aeon.checks.bench.ring;

/** What the consumer expects next, and the sum of what it read. Confined to the consumer. */
final class SequenceCheck {
  private final int wordCount;
  private final LoneCount next = new LoneCount();

  SequenceCheck(int byteSize) {
    this.wordCount = byteSize / Long.BYTES;
  }

  /**
   * Takes a record.
   *
   * @param sequence its first word
   * @param sum of all its words
   */
  void take(long sequence, long sum) {
    long expected = next.get();
    long wanted = wordCount * expected + (long) wordCount * (wordCount - 1) / 2;
    if (sequence != expected || sum != wanted) {
      throw new IllegalStateException(
          "record is wrong: sequence=%d expected=%d sum=%d".formatted(sequence, expected, sum));
    }
    next.set(expected + 1);
  }
}
