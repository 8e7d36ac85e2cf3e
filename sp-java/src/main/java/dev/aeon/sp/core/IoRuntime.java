package dev.aeon.sp.core;

import org.jspecify.annotations.Nullable;

/** The I/O worker that all open sockets share: started for the first, stopped after the last. */
final class IoRuntime {
  private static @Nullable IoWorker worker;
  private static int userCount;

  private IoRuntime() {}

  /** Thread-safe; each call is matched by one {@link #release}. */
  static synchronized IoWorker acquire() {
    if (worker == null) {
      worker = new IoWorker("aeon-sp-io", System::nanoTime);
      worker.start();
    }
    userCount++;
    return worker;
  }

  static synchronized void release() {
    userCount--;
    if (userCount == 0 && worker != null) {
      worker.stop();
      worker = null;
    }
  }
}
