package dev.aeon.sp;

/** Nobody is connected, and the socket was told not to wait for a peer. */
public final class SpNoPeerException extends SpException {
  private static final long serialVersionUID = 1L;

  SpNoPeerException(String message) {
    super(message, null);
  }
}
