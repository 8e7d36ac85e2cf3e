package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.MessagingSystem;
import dev.aeon.checks.bench.messaging.TransportKind;

/**
 * One thing to measure, once.
 *
 * @param byteSize of bodies
 * @param pipeCount connections between the two sides
 * @param warmMillis how long it runs at least before anything is counted; up to eight times as long
 *     while code is still being compiled
 * @param measureMillis how long is counted
 */
public record Trial(
    TrialKind kind,
    MessagingSystem system,
    TransportKind transport,
    int byteSize,
    int pipeCount,
    long warmMillis,
    long measureMillis) {
  /** Size of the body that ends a trial. */
  static final int END_BYTE_SIZE = 1;

  public Trial {
    if (byteSize <= END_BYTE_SIZE || pipeCount < 1 || warmMillis < 0 || measureMillis < 1) {
      throw new IllegalArgumentException(
          "trial is out of range: byteSize=%d pipeCount=%d warmMillis=%d measureMillis=%d"
              .formatted(byteSize, pipeCount, warmMillis, measureMillis));
    }
  }
}
