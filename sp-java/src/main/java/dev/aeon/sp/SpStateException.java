package dev.aeon.sp;

/** The operation is not allowed now, such as a reply without a request. */
public final class SpStateException extends SpException {
  private static final long serialVersionUID = 1L;

  SpStateException(String message) {
    super(message, null);
  }
}
