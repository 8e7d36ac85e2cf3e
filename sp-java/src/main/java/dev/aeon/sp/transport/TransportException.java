package dev.aeon.sp.transport;

import org.jspecify.annotations.Nullable;

/** An address cannot be used. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is in the way. */
  public enum Kind {
    /** The text is no address of its scheme. */
    ADDRESS,
    /** Another listener has it. */
    IN_USE,
    /** Nobody listens there. */
    REFUSED,
    /** The system said no. */
    SYSTEM
  }

  private final Kind kind;

  public TransportException(Kind kind, String message) {
    this(kind, message, null);
  }

  public TransportException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
