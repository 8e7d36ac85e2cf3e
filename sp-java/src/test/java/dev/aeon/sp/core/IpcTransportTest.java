package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.ipc.IpcTransport;

class IpcTransportTest extends TransportContract {
  private final Transport transport = new IpcTransport();
  private final java.util.concurrent.atomic.AtomicInteger numbers =
      new java.util.concurrent.atomic.AtomicInteger();
  @org.junit.jupiter.api.io.TempDir private java.nio.file.Path folder;

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return folder.resolve("s" + numbers.incrementAndGet()).toString();
  }
}
