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

  /** The address is wrong as a whole, or not wrong. */
  public static final int NO_INDEX = -1;

  private final Kind kind;
  private final int index;

  public TransportException(Kind kind, String message) {
    this(kind, message, null);
  }

  public TransportException(Kind kind, String message, @Nullable Throwable cause) {
    this(kind, message, NO_INDEX, cause);
  }

  private TransportException(Kind kind, String message, int index, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.index = index;
  }

  /**
   * The text is no address.
   *
   * @param index of the first character of the address that is wrong; its length where something is
   *     missing at the end
   */
  public static TransportException malformed(String message, int index) {
    return new TransportException(Kind.ADDRESS, message, index, null);
  }

  public Kind kind() {
    return kind;
  }

  /** Where in the address it goes wrong, or {@link #NO_INDEX}. */
  public int index() {
    return index;
  }
}
