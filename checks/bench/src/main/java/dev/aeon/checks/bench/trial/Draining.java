package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;

/** Receives and counts until each of those who feed has ended. */
final class Draining implements Runnable {
  private final Endpoint endpoint;
  private final int byteSize;
  private final Tally tally = new Tally();
  private int feedingCount;

  Draining(Endpoint endpoint, int byteSize, int feedingCount) {
    this.endpoint = endpoint;
    this.byteSize = byteSize;
    this.feedingCount = feedingCount;
  }

  @Override
  public void run() {
    while (feedingCount > 0) {
      int received = endpoint.receive();
      if (received == byteSize) {
        tally.increment();
      } else if (received == Trial.END_BYTE_SIZE) {
        feedingCount--;
      } else {
        throw new IllegalStateException(
            "another size came: sent=%d received=%d".formatted(byteSize, received));
      }
    }
  }

  long count() {
    return tally.get();
  }
}
