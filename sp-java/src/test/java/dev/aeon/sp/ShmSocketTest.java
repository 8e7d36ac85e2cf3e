package dev.aeon.sp;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class ShmSocketTest extends SocketContract {
  private final AtomicInteger numbers = new AtomicInteger();

  @TempDir private Path folder;

  @Override
  String freshUrl() {
    return "shm://" + folder.resolve(numbers.incrementAndGet() + ".sock");
  }
}
