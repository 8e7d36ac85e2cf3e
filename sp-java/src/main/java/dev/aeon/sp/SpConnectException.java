package dev.aeon.sp;

/** A connection could not be made. */
public final class SpConnectException extends SpException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  SpConnectException(String message, String reason) {
    super(message, null);
    this.reason = reason;
  }

  /** As in {@link SpStatistics#closesByReason}, such as {@code CONNECT_FAILED}. */
  public String reason() {
    return reason;
  }
}
