package dev.aeon.apm.track;

import java.time.Duration;

/**
 * Keeps us from hammering at a channel that fails (resolution 61): after {@value #THRESHOLD}
 * failures in a row it opens for 30 s, in which messages wait; then it lets one try through, whose
 * result closes it or opens it anew. Confined to its owner's lock.
 */
final class CircuitBreaker {
  static final int THRESHOLD = 5;
  static final Duration OPEN_FOR = Duration.ofSeconds(30);

  private int failures;
  private long openedNanos;
  private boolean open;
  private boolean trying;

  /** How long from {@code nowNanos} on nothing may be tried; zero where one may try now. */
  Duration pause(long nowNanos) {
    if (!open) {
      return Duration.ZERO;
    }
    Duration left = OPEN_FOR.minusNanos(nowNanos - openedNanos);
    if (left.isPositive()) {
      return left;
    }
    if (trying) {
      return Duration.ofSeconds(1);
    }
    trying = true;
    return Duration.ZERO;
  }

  void succeeded() {
    failures = 0;
    open = false;
    trying = false;
  }

  void failed(long nowNanos) {
    failures++;
    if (trying || failures >= THRESHOLD) {
      open = true;
      trying = false;
      openedNanos = nowNanos;
    }
  }

  boolean isOpen() {
    return open;
  }
}
