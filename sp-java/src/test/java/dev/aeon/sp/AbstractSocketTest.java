package dev.aeon.sp;

import java.util.concurrent.atomic.AtomicInteger;

class AbstractSocketTest extends SocketContract {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @Override
  String freshUrl() {
    return "abstract://aeon-%d-%d%%00x"
        .formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet());
  }
}
