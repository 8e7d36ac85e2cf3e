package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.posix.Doorbell;
import dev.aeon.bindings.posix.DoorbellButton;

/**
 * This process's doorbell and the other's button.
 *
 * @param mine rung by the other
 * @param theirs rings for the other
 */
record Doorbells(Doorbell mine, DoorbellButton theirs) implements AutoCloseable {
  int fd() {
    return mine.fd();
  }

  /** As {@link Doorbell#take}. */
  int take() {
    return mine.take();
  }

  /** If nobody is left to hear it, the own doorbell tells so. */
  void ring() {
    var _ = theirs.ring();
  }

  @Override
  public void close() {
    mine.close();
    theirs.close();
  }
}
