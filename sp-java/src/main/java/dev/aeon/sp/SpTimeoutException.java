package dev.aeon.sp;

/** The operation did not complete in time. */
public final class SpTimeoutException extends SpException {
  private static final long serialVersionUID = 1L;

  SpTimeoutException(String message) {
    super(message, null);
  }
}
