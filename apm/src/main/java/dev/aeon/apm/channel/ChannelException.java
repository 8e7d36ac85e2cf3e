package dev.aeon.apm.channel;

import dev.aeon.apm.schema.ErrorCode;

/** A channel cannot do what was asked of it; {@link #code} says whether trying again may help. */
public final class ChannelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public ChannelException(ErrorCode code, String message) {
    super(code + " " + message);
    this.code = code;
  }

  public ChannelException(ErrorCode code, String message, Throwable cause) {
    super(code + " " + message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
