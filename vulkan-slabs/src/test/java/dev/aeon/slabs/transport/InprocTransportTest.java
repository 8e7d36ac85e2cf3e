package dev.aeon.slabs.transport;

import java.util.concurrent.atomic.AtomicInteger;

class InprocTransportTest extends TransportContract {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Override
  String url() {
    return "inproc://transport-test-" + COUNT.incrementAndGet();
  }
}
