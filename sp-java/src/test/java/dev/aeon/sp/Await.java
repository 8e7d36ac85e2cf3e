package dev.aeon.sp;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about; the test's own time limit ends it. */
public final class Await {
  private static final long PAUSE_NANOS = 100_000;

  private Await() {}

  public static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("gave up waiting");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  static void openPipes(SpSocket socket, long count) {
    until(() -> socket.statistics().openPipes() == count);
  }

  static void closed(SpSocket socket, String reason) {
    until(() -> socket.statistics().closesByReason().containsKey(reason));
  }
}
