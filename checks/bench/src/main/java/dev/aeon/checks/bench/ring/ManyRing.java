package dev.aeon.checks.bench.ring;

/**
 * What several producing threads write into and one consuming thread reads. A record's words are as
 * in {@link Ring}, from a number that holds the producer in its upper bits.
 */
interface ManyRing extends Drained {
  int RECORDS = 131_072;
  int PRODUCER_SHIFT = 40;

  static ManyRing open(String system, int byteSize, int producers) {
    return switch (system) {
      case "aeon" -> new AeonManyRing(byteSize, producers);
      case "aeon-spsc" -> new AeonManySpscRing(byteSize, producers);
      case "agrona" -> new AgronaManyRing(byteSize, producers);
      case "jctools" -> new JcToolsManyRing(byteSize, producers);
      default -> throw new IllegalArgumentException("system is unknown: system=" + system);
    };
  }

  /** Writes a producer's record, on its thread; false where there is no room. */
  boolean offer(int producer, long sequence);
}
