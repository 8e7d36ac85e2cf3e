package dev.aeon.apm.track;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Spreads pauses, so that those who failed together do not come back together. */
@FunctionalInterface
public interface Jitter {
  /** A tenth up or down, at random. */
  Jitter TENTH =
      pause -> {
        long nanos = pause.toNanos();
        return Duration.ofNanos(
            nanos + ThreadLocalRandom.current().nextLong(-nanos / 10, nanos / 10 + 1));
      };

  /** Every pause as it is. */
  Jitter NONE = pause -> pause;

  /** The pause to make instead of {@code pause}. */
  Duration apply(Duration pause);
}
