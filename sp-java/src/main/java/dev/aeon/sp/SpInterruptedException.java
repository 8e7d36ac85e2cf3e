package dev.aeon.sp;

/** The waiting thread was interrupted; its interrupt status stays set and nothing was lost. */
public final class SpInterruptedException extends SpException {
  private static final long serialVersionUID = 1L;

  SpInterruptedException(String message) {
    super(message, null);
  }
}
