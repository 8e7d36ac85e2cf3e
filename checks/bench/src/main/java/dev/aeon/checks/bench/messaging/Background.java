package dev.aeon.checks.bench.messaging;

/** A thread that does one thing over and over until its socket is closed under it. */
final class Background {
  private final Thread thread;

  Background(String name, Runnable step) {
    this.thread = Thread.ofPlatform().name(name).daemon().start(() -> repeat(step));
  }

  @SuppressWarnings("InfiniteLoopException") // ended by the exception of the closed socket
  private static void repeat(Runnable step) {
    try {
      while (true) {
        step.run();
      }
    } catch (RuntimeException closed) {
      // The one way out: each system reports a closed socket by an exception of its own.
      return;
    }
  }

  void join() throws InterruptedException {
    thread.join();
  }
}
