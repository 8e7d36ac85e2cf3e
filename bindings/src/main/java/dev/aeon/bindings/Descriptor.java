package dev.aeon.bindings;

import dev.aeon.bindings.raw.Aeon;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor with one owner. Closing twice does nothing; use after closing throws.
 * Thread-safe, but whoever closes must know that no call with the raw number is under way: the
 * kernel gives the number to the next file opened.
 */
public final class Descriptor implements AutoCloseable {
  private static final int CLOSED = -1;

  private final AtomicInteger fd;

  private Descriptor(int fd) {
    this.fd = new AtomicInteger(fd);
  }

  /**
   * Takes ownership of a raw descriptor.
   *
   * @throws IllegalArgumentException where it is negative
   */
  public static Descriptor own(int fd) {
    if (fd < 0) {
      throw new IllegalArgumentException("a descriptor is not negative, fd=" + fd);
    }
    NativeLibrary.ensureLoaded();
    return new Descriptor(fd);
  }

  /**
   * The raw number, which stays this object's to close.
   *
   * @throws IllegalStateException where it is closed
   */
  public int fd() {
    int current = fd.get();
    if (current == CLOSED) {
      throw new IllegalStateException("descriptor is closed");
    }
    return current;
  }

  public boolean isClosed() {
    return fd.get() == CLOSED;
  }

  @Override
  public void close() {
    int current = fd.getAndSet(CLOSED);
    if (current != CLOSED) {
      NativeCallException.check(
          "aeon_descriptor_close", Aeon.aeon_descriptor_close(current), "fd=" + current);
    }
  }

  @Override
  public String toString() {
    return isClosed() ? "Descriptor[closed]" : "Descriptor[fd=" + fd.get() + "]";
  }
}
