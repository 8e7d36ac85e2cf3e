package dev.aeon.slabs.ring;

import java.time.Duration;

/**
 * How an end of a ring waits for the other: what it pays in processor time against what it pays in
 * delay. Immutable; one may serve any number of ends, except {@link #wokenBy}, which is as shared
 * as its descriptor.
 */
public sealed interface Waiting {
  /** Never leaves the processor: the least delay, for ends that have a processor of their own. */
  static Waiting spinning() {
    return Spinning.INSTANCE;
  }

  /** Lets other threads run between two looks: for more ends than processors. */
  static Waiting yielding() {
    return Yielding.INSTANCE;
  }

  /**
   * Sleeps between two looks, after it has spun for a while.
   *
   * @param pause above zero; the kernel may make some 50 microseconds of less
   */
  static Waiting parking(Duration pause) {
    return new Parking(pause.toNanos());
  }

  /**
   * Sleeps until the other end signals a descriptor, which works between processes. The other end
   * must have been told of the same descriptor by {@code wakesThrough}.
   */
  static Waiting wokenBy(RingWakeUp wakeUp) {
    return new Woken(wakeUp);
  }

  /** See {@link #spinning}. */
  record Spinning() implements Waiting {
    private static final Spinning INSTANCE = new Spinning();
  }

  /** See {@link #yielding}. */
  record Yielding() implements Waiting {
    private static final Yielding INSTANCE = new Yielding();
  }

  /** See {@link #parking}. */
  record Parking(long pauseNanos) implements Waiting {
    public Parking {
      if (pauseNanos <= 0) {
        throw new IllegalArgumentException("pause is not above zero: pauseNanos=" + pauseNanos);
      }
    }
  }

  /** See {@link #wokenBy}. */
  record Woken(RingWakeUp wakeUp) implements Waiting {}
}
