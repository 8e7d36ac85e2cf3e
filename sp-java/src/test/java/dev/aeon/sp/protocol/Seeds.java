package dev.aeon.sp.protocol;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** Where random tests begin: anywhere, or where {@code -Daeon.seed} says. */
final class Seeds {
  private static final int COUNT = 150;

  private Seeds() {}

  static LongStream some() {
    Long given = Long.getLong("aeon.seed");
    return given != null ? LongStream.of(given) : ThreadLocalRandom.current().longs(COUNT);
  }
}
