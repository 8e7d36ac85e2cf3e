package dev.aeon.slabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.transport.Backoff;
import java.util.function.BooleanSupplier;

/** Waits for what comes by itself; the test's time limit ends it by an interrupt. */
public final class Await {
  private Await() {}

  public static void until(BooleanSupplier condition) {
    Backoff backoff = new Backoff();
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      backoff.idle();
    }
  }
}
