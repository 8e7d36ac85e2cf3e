package dev.aeon.sp;

/** The operation was given up, such as the receive of a request that a newer one replaced. */
public final class SpCancelledException extends SpException {
  private static final long serialVersionUID = 1L;

  SpCancelledException(String message) {
    super(message, null);
  }
}
