package dev.aeon.slabs.memory;

import org.jspecify.annotations.Nullable;

/** No device of the wanted kind could be opened; the message says why in one sentence. */
public final class SlabDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SlabDeviceException(String message) {
    this(message, null);
  }

  SlabDeviceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
