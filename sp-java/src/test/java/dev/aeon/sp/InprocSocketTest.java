package dev.aeon.sp;

import java.util.concurrent.atomic.AtomicInteger;

class InprocSocketTest extends SocketContract {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @Override
  String freshUrl() {
    return "inproc://socket-contract-" + NUMBERS.incrementAndGet();
  }
}
