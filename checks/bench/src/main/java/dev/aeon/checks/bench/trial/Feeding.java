package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;

/** Sends without rest, then says that this was all. */
record Feeding(Stage stage, Endpoint endpoint) implements Runnable {
  @Override
  public void run() {
    int byteSize = stage.trial().byteSize();
    while (!stage.isOver()) {
      endpoint.send(byteSize);
    }
    endpoint.send(Trial.END_BYTE_SIZE);
  }
}
