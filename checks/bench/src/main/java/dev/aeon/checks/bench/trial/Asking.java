package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import org.HdrHistogram.Histogram;

/** Sends a body and waits for it to come back, again and again. */
final class Asking implements Runnable {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Stage stage;
  private final Endpoint endpoint;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);

  private volatile boolean isUnderWay;

  Asking(Stage stage, Endpoint endpoint) {
    this.stage = stage;
    this.endpoint = endpoint;
  }

  boolean isUnderWay() {
    return isUnderWay;
  }

  @Override
  public void run() {
    int byteSize = stage.trial().byteSize();
    roundTrip(byteSize);
    isUnderWay = true;
    while (!stage.isOver()) {
      long begin = System.nanoTime();
      roundTrip(byteSize);
      long elapsedNanos = System.nanoTime() - begin;
      if (stage.phase() == Stage.Phase.MEASURED) {
        nanos.recordValue(Math.min(elapsedNanos, LONGEST_NANOS));
      }
    }
    roundTrip(Trial.END_BYTE_SIZE);
  }

  private void roundTrip(int byteSize) {
    endpoint.send(byteSize);
    int answered = endpoint.receive();
    if (answered != byteSize) {
      throw new IllegalStateException(
          "another size came back: sent=%d received=%d".formatted(byteSize, answered));
    }
  }

  /** For after the thread has ended. */
  Histogram nanos() {
    return nanos;
  }
}
