package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.inproc.InprocTransport;

class InprocTransportTest extends TransportContract {
  private final Transport transport = new InprocTransport();
  private final java.util.concurrent.atomic.AtomicInteger numbers =
      new java.util.concurrent.atomic.AtomicInteger();

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "transport-contract-" + numbers.incrementAndGet();
  }
}
