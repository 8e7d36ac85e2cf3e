package dev.aeon.sp;

import org.jspecify.annotations.Nullable;

/** A URL is malformed, of an unknown scheme, or cannot be bound. */
public final class SpAddressException extends SpException {
  private static final long serialVersionUID = 1L;

  SpAddressException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
