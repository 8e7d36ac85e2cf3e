package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;

/** Gives every body back, until each of those who ask has ended. */
final class Answering implements Runnable {
  private final Endpoint endpoint;
  private int askingCount;

  Answering(Endpoint endpoint, int askingCount) {
    this.endpoint = endpoint;
    this.askingCount = askingCount;
  }

  @Override
  public void run() {
    while (askingCount > 0) {
      int byteSize = endpoint.receive();
      endpoint.send(byteSize);
      if (byteSize == Trial.END_BYTE_SIZE) {
        askingCount--;
      }
    }
  }
}
