package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.ipc.IpcTransport;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class ShmTransportTest extends TransportContract {
  private final Transport transport = IpcTransport.shm();
  private final AtomicInteger numbers = new AtomicInteger();
  @TempDir private Path folder;

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return folder.resolve("s" + numbers.incrementAndGet()).toString();
  }
}
