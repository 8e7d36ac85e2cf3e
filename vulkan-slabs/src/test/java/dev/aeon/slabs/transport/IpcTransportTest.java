package dev.aeon.slabs.transport;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class IpcTransportTest extends TransportContract {
  @TempDir Path folder;
  private int count;

  @Override
  String url() {
    return "ipc://" + folder.resolve("s" + count++);
  }
}
