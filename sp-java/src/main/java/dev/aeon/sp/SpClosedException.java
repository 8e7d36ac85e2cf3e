package dev.aeon.sp;

/** The socket was closed before the operation or during it. */
public final class SpClosedException extends SpException {
  private static final long serialVersionUID = 1L;

  SpClosedException(String message) {
    super(message, null);
  }
}
