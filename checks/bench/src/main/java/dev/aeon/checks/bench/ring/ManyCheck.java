package dev.aeon.checks.bench.ring;

/** What the consumer expects next of each producer. Confined to the consumer. */
final class ManyCheck {
  /** Before and behind what the consumer writes, so that no producer reads beside it. */
  private static final int LINE_WORDS = 16;

  private final long words;
  private final long[] expected;

  ManyCheck(int byteSize, int producers) {
    this.words = byteSize / Long.BYTES;
    this.expected = new long[producers + 2 * LINE_WORDS];
  }

  /** The first word of a producer's record. */
  static long first(int producer, long sequence) {
    return (long) producer << ManyRing.PRODUCER_SHIFT | sequence;
  }

  void take(long first, long sum) {
    int producer = (int) (first >>> ManyRing.PRODUCER_SHIFT);
    long wanted = first(producer, expected[LINE_WORDS + producer]++);
    if (first != wanted || sum != words * wanted + words * (words - 1) / 2) {
      throw new IllegalStateException(
          "record is wrong: first=%x wanted=%x sum=%d".formatted(first, wanted, sum));
    }
  }
}
