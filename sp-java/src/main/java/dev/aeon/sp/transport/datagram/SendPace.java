package dev.aeon.sp.transport.datagram;

/**
 * Whether large messages follow each other closely, with none the other way between them: then the
 * end of one may leave with the next. Confined to its pipe; told the time.
 */
final class SendPace {
  /** How many in a row make a stream. */
  private static final int LEAST_COUNT = 8;

  /** The longest from one to the next. */
  private static final long GAP_NANOS = 100_000;

  private long lastNanos;
  private int count;

  /** A message is sent now; whether it is part of a stream. */
  boolean isStream(long nowNanos) {
    count = nowNanos - lastNanos > GAP_NANOS ? 0 : Math.min(count + 1, LEAST_COUNT);
    lastNanos = nowNanos;
    return count == LEAST_COUNT;
  }

  /** A message came the other way: what follows may be an answer. */
  void end() {
    count = 0;
  }
}
