package dev.aeon.sp.transport;

/**
 * Tells messages that follow each other as fast as they can be made from single ones, which are to
 * go out at once. Confined to its strand.
 */
public final class Burst {
  /** How many single ones in a row make a burst. */
  private static final int LEAST_COUNT = 8;

  /** The longest from when one is out to when the next is there. */
  private static final long GAP_NANOS = 2_000;

  private int count;
  private long lastNanos;

  /** Notes a message; whether it is one of a burst. */
  public boolean goesOn(long nowNanos) {
    count = nowNanos - lastNanos <= GAP_NANOS ? count + 1 : 0;
    lastNanos = nowNanos;
    return count >= LEAST_COUNT;
  }

  /** The message noted last went out alone, which took until now. */
  public void sentAlone(long nowNanos) {
    lastNanos = nowNanos;
  }

  /** A message came the other way, or somebody waits for one: what follows may be an answer. */
  public void end() {
    count = 0;
  }
}
