package dev.aeon.slabs.record;

import org.jspecify.annotations.Nullable;

/** The bytes of a record are not what its schema allows, such as a count beyond its bound. */
public final class RecordContentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For generated code: {@code message} names what was violated and the values. */
  public RecordContentException(String message) {
    this(message, null);
  }

  RecordContentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
