package dev.aeon.slabs.codegen;

import org.jspecify.annotations.Nullable;

/** A message has no fixed layout, or descriptors are none; names the element and the reason. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(String message) {
    this(message, null);
  }

  SchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
