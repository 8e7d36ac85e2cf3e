package dev.aeon.sp.cli;

/** Ends a command: its message is all that the user is told. */
final class FatalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FatalException(String message) {
    super(message);
  }
}
