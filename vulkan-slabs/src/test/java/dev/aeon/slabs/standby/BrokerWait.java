package dev.aeon.slabs.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.transport.Backoff;
import java.util.function.BooleanSupplier;

/** Waits for what comes by itself; the test's time limit ends it by an interrupt. */
final class BrokerWait {
  private BrokerWait() {}

  static void until(BooleanSupplier condition) {
    Backoff backoff = new Backoff();
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      backoff.idle();
    }
  }
}
