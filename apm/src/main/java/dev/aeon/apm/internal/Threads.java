package dev.aeon.apm.internal;

/** Waiting for a thread's end, unless it is the caller's own. */
public final class Threads {
  private Threads() {}

  /** Waits for {@code thread} whatever interrupts come, which are kept for the caller. */
  public static void join(Thread thread) {
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
