package dev.aeon.sp;

import java.time.Duration;

/** Durations as nanoseconds, the longest ones cut to what fits. */
final class Durations {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  static Duration ofNanos(long nanos) {
    return nanos == Long.MAX_VALUE ? SpOptions.FOREVER : Duration.ofNanos(nanos);
  }

  static long toNanos(Duration duration) {
    return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
