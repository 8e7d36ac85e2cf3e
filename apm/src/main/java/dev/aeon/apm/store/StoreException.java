package dev.aeon.apm.store;

import dev.aeon.apm.schema.ErrorCode;

/** A file of an agent's state cannot be read or written. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(ErrorCode.E_SYSTEM_001 + " " + message + " cause=" + cause, cause);
  }

  public ErrorCode code() {
    return ErrorCode.E_SYSTEM_001;
  }
}
