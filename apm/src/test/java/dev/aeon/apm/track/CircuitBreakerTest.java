package dev.aeon.apm.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A channel that keeps failing is left alone for a while. */
class CircuitBreakerTest {
  private static final long SECOND = 1_000_000_000L;
  private final CircuitBreaker breaker = new CircuitBreaker();

  @Test
  void failed_fewerThanFiveInARow_staysClosed() {
    for (int round = 0; round < 10; round++) {
      for (int failure = 1; failure < CircuitBreaker.THRESHOLD; failure++) {
        breaker.failed(0);
      }
      breaker.succeeded();
    }
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.pause(0)).isZero();
  }

  @Test
  void failed_fiveInARow_opensForThirtySeconds() {
    fail(5, 10 * SECOND);
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.pause(10 * SECOND)).hasSeconds(30);
    assertThat(breaker.pause(39 * SECOND)).hasSeconds(1);
  }

  @Test
  void pause_over_letsOneTryThrough() {
    fail(5, 0);
    assertThat(breaker.pause(30 * SECOND)).isZero();
    assertThat(breaker.pause(30 * SECOND)).isPositive();
  }

  @Test
  void oneTry_succeeds_closes() {
    fail(5, 0);
    assertThat(breaker.pause(30 * SECOND)).isZero();
    breaker.succeeded();
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.pause(30 * SECOND)).isZero();
  }

  @Test
  void oneTry_fails_opensAnew() {
    fail(5, 0);
    assertThat(breaker.pause(30 * SECOND)).isZero();
    breaker.failed(31 * SECOND);
    assertThat(breaker.pause(31 * SECOND)).isEqualTo(Duration.ofSeconds(30));
  }

  private void fail(int times, long nowNanos) {
    for (int failure = 0; failure < times; failure++) {
      breaker.failed(nowNanos);
    }
  }
}
