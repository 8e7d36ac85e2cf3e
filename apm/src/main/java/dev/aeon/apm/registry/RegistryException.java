package dev.aeon.apm.registry;

import dev.aeon.apm.schema.ErrorCode;

/** The registry's files cannot be read or written. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegistryException(String message, Throwable cause) {
    super(ErrorCode.E_SYSTEM_001 + " " + message + " cause=" + cause, cause);
  }

  public ErrorCode code() {
    return ErrorCode.E_SYSTEM_001;
  }
}
