package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Errno;

/** Tells "not now" from "never again". */
final class Retry {
  private Retry() {}

  /** Whether a negative result means to wait for readiness. */
  static boolean isRetry(long result) {
    return result == -Errno.EAGAIN || result == -Errno.EINTR;
  }
}
