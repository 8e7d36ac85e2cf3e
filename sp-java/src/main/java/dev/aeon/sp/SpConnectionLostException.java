package dev.aeon.sp;

/** The peer that held the request is gone, and resending is off. */
public final class SpConnectionLostException extends SpException {
  private static final long serialVersionUID = 1L;

  SpConnectionLostException(String message) {
    super(message, null);
  }
}
