package dev.aeon.bindings;

import org.jspecify.annotations.Nullable;

/** The shim cannot be used on this machine; the message says why and what would help. */
public final class NativeLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NativeLibraryException(String message) {
    super(message);
  }

  NativeLibraryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
