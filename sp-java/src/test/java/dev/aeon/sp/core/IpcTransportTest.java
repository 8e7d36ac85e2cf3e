package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.ipc.IpcTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpcTransportTest extends TransportContract {
  private final Transport transport = IpcTransport.ipc();
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

  @Test
  void connect_bothSides_knowTheOthersProcess() throws Exception {
    connect();
    var credentials = listeningHost().properties().credentials();
    assertThat(credentials.processId()).isEqualTo((int) ProcessHandle.current().pid());
    assertThat(credentials.userId()).isEqualTo(Files.getAttribute(folder, "unix:uid"));
    assertThat(credentials.groupId()).isEqualTo(Files.getAttribute(folder, "unix:gid"));
  }
}
