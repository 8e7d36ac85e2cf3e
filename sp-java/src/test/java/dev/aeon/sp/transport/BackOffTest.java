package dev.aeon.sp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final long SEED = 42;

  private final BackOff backOff = new BackOff(new SplittableRandom(SEED));

  @Test
  void next_doublesToTheMostWithJitter() {
    long span = 10;
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThat(backOff.nextNanos(10, 1000)).isBetween(span / 2, span);
      span = Math.min(span * 2, 1000);
    }
  }

  @Test
  void reset_beginsAnew() {
    for (int attempt = 0; attempt < 20; attempt++) {
      backOff.nextNanos(10, 1000);
    }
    backOff.reset();
    assertThat(backOff.nextNanos(10, 1000)).isBetween(5L, 10L);
  }

  @Test
  void next_hugeSpans_doNotOverflow() {
    for (int attempt = 0; attempt < 100; attempt++) {
      assertThat(backOff.nextNanos(1, Long.MAX_VALUE)).isNotNegative();
    }
  }
}
