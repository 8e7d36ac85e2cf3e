package dev.aeon.sp.transport;

import java.util.function.LongSupplier;

/**
 * Tells sends of one socket that follow each other as fast as they can be made from single ones,
 * whose messages are to go out at once. While a burst goes on, one gap in {@value #SAMPLED} is
 * measured, and none before there are two sends in a row: reading the time costs as much as a small
 * message, and requests would pay for it that never follow each other. Confined to its strand.
 */
public final class Burst {
  /** How many sends in a row make a burst. */
  private static final int LEAST_COUNT = 9;

  private static final int SAMPLED = 16;

  /** From this count on gaps are measured. */
  private static final int FIRST_MEASURED = 2;

  /** The longest from when one send is through to when the next begins. */
  private static final long GAP_NANOS = 2_000;

  /** Or, where sends at once take longer, as to many pipes, this part of what they take. */
  private static final long GAP_PART = 4;

  /** However long they take. */
  private static final long GAP_LIMIT_NANOS = 100_000;

  private final LongSupplier clock;
  private int count;
  private long beginNanos;
  private long throughNanos;

  /** The send under way goes out at once, and its begin is known. */
  private boolean timed;

  /** What the quickest send took of those in a row whose messages went out at once. */
  private long leastNanos;

  /**
   * @param clock monotonic nanoseconds
   */
  public Burst(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * A send begins.
   *
   * @param heldUp whether another thread was busy with the socket: then it is not the sender who
   *     left a gap
   */
  public void sendBegins(boolean heldUp) {
    if (!isMeasured()) {
      count++;
      return;
    }
    beginNanos = clock.getAsLong();
    if (!heldUp && beginNanos - throughNanos > longestGapNanos()) {
      count = 0;
      leastNanos = Long.MAX_VALUE;
    } else {
      count = Math.min(count + 1, LEAST_COUNT);
    }
    timed = !isOn();
  }

  private long longestGapNanos() {
    return Math.clamp(leastNanos / GAP_PART, GAP_NANOS, GAP_LIMIT_NANOS);
  }

  /** The send that began last has done what it could. */
  public void sendIsThrough() {
    if (timed || isMeasured()) {
      throughNanos = clock.getAsLong();
    }
    if (timed) {
      timed = false;
      leastNanos = Math.min(leastNanos, throughNanos - beginNanos);
    }
  }

  /** Of the gap before the next send. */
  private boolean isMeasured() {
    boolean isBegun = count >= FIRST_MEASURED;
    return isBegun && (count < LEAST_COUNT || count >= LEAST_COUNT + SAMPLED - 1);
  }

  /** Whether the messages of the send under way are part of a burst. */
  public boolean isOn() {
    return count >= LEAST_COUNT;
  }

  /** A message came the other way, or somebody waits for one: what follows may be an answer. */
  public void end() {
    count = 0;
  }
}
