package dev.aeon.sp;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** What goes through the kernel, as with peers that are not ours. */
class IpcWithoutSharingTest extends SocketContract {
  private final AtomicInteger numbers = new AtomicInteger();

  @TempDir private Path folder;

  @Override
  String freshUrl() {
    return "ipc://" + folder.resolve(numbers.incrementAndGet() + ".sock");
  }

  @Override
  void configure(SpSocket socket) {
    socket.set(SpOptions.SHARED_MEMORY_SIZE, 0L);
  }
}
