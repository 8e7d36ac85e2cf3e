package dev.aeon.sp;

import org.jspecify.annotations.Nullable;

/** A URL is malformed, of an unknown scheme, or cannot be bound. */
public final class SpAddressException extends SpException {
  private static final long serialVersionUID = 1L;

  /** The URL is well-formed; something else is in the way. */
  public static final int NO_INDEX = -1;

  private final int index;

  SpAddressException(String message, @Nullable Throwable cause) {
    this(message, NO_INDEX, cause);
  }

  SpAddressException(String message, int index, @Nullable Throwable cause) {
    super(message, cause);
    this.index = index;
  }

  /**
   * The index of the first character of the URL that is wrong, its length where something is
   * missing at the end, or {@link #NO_INDEX}.
   */
  public int index() {
    return index;
  }
}
