package dev.aeon.sp.transport.datagram;

/** How long a path takes there and back, as RFC 9002 (5) estimates it. */
final class RoundTrip {
  static final long INITIAL_NANOS = 100_000_000;

  /** Below this, timers and schedulers are not to be relied on. */
  static final long GRANULARITY_NANOS = 1_000_000;

  private boolean hasSample;
  private long minNanos = Long.MAX_VALUE;
  private long latestNanos = INITIAL_NANOS;
  private long smoothedNanos = INITIAL_NANOS;
  private long variationNanos = INITIAL_NANOS / 2;

  /**
   * One measurement.
   *
   * @param ackDelayNanos how long the peer says that it waited with the answer
   */
  void sample(long nanos, long ackDelayNanos) {
    latestNanos = Math.max(nanos, 1);
    minNanos = Math.min(minNanos, latestNanos);
    if (!hasSample) {
      hasSample = true;
      smoothedNanos = latestNanos;
      variationNanos = latestNanos / 2;
      return;
    }
    boolean plausible = latestNanos - minNanos >= ackDelayNanos;
    long adjusted = plausible ? latestNanos - ackDelayNanos : latestNanos;
    variationNanos += (Math.abs(smoothedNanos - adjusted) - variationNanos) / 4;
    smoothedNanos += (adjusted - smoothedNanos) / 8;
  }

  /** The shortest so far, of a path without a queue; {@code Long.MAX_VALUE} before the first. */
  long minNanos() {
    return minNanos;
  }

  long smoothedNanos() {
    return smoothedNanos;
  }

  /** How much later than another a packet may come and not be taken for lost. */
  long lossDelayNanos() {
    long base = Math.max(smoothedNanos, latestNanos);
    return Math.max(base + base / 8, GRANULARITY_NANOS);
  }

  /** How long to wait for an acknowledgement before probing. */
  long probeNanos(long maxAckDelayNanos) {
    return smoothedNanos + Math.max(4 * variationNanos, GRANULARITY_NANOS) + maxAckDelayNanos;
  }
}
