package dev.aeon.slabs.standby;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one broker at a time is in: a file that it locks, and one beside it that every process locks
 * whose workers serve it. A broker that comes into office waits until none serves the one before.
 */
record Office(Path file) {
  /** Waits for the office, and for those who still execute what the last broker sent them. */
  ProcessLock take() throws InterruptedException {
    ProcessLock office = ProcessLock.take(file, false);
    boolean ready = false;
    try {
      ProcessLock.take(workers(), false).release();
      ready = true;
    } finally {
      if (!ready) {
        office.release();
      }
    }
    return office;
  }

  /** Held while a worker may execute something; null while a broker comes into office. */
  @Nullable ProcessLock tryServe() {
    return ProcessLock.tryTake(workers(), true);
  }

  private Path workers() {
    return file.resolveSibling(file.getFileName() + ".workers");
  }
}
