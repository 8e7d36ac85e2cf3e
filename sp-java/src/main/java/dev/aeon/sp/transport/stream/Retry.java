package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Errno;

/** Tells "not now" from "never again". */
public final class Retry {
  private Retry() {}

  /** Whether a negative result means to wait for readiness. */
  public static boolean isRetry(long result) {
    return result == -Errno.EAGAIN || result == -Errno.EINTR;
  }
}
