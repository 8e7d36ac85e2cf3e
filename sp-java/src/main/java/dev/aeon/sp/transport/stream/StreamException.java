package dev.aeon.sp.transport.stream;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.wire.MalformedException;

/** A connection cannot go on: its peer broke a rule, or the system reported an error. */
public final class StreamException extends Exception {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  public StreamException(CloseReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** For bytes that break the wire format. */
  public static StreamException of(MalformedException cause) {
    return new StreamException(reasonOf(cause), String.valueOf(cause.getMessage()));
  }

  private static CloseReason reasonOf(MalformedException cause) {
    return switch (cause.kind()) {
      case GREETING -> CloseReason.MALFORMED_GREETING;
      case FRAME_TYPE, SHARED_RING -> CloseReason.MALFORMED_FRAME;
      case TOO_LARGE -> CloseReason.TOO_LARGE;
      case HEADER -> CloseReason.MALFORMED_HEADER;
    };
  }

  public CloseReason reason() {
    return reason;
  }
}
