package dev.aeon.sp.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Times in which a command does nothing. */
final class Pauses {
  private static final Duration LINGER = Duration.ofMillis(200);

  private Pauses() {}

  /** For messages on their way to leave before the socket is closed; as long as nngcat waits. */
  static void linger() {
    pause(LINGER);
  }

  static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FatalException("Interrupted");
    }
  }
}
