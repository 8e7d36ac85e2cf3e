package dev.aeon.apm.store;

import dev.aeon.apm.internal.files.StorageFailure;
import dev.aeon.apm.schema.ErrorCode;

/** A file of an agent's state cannot be read or written. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  StoreException(String message, Throwable cause) {
    this(StorageFailure.codeOf(cause), message, cause);
  }

  private StoreException(ErrorCode code, String message, Throwable cause) {
    super(code + " " + message + " cause=" + cause, cause);
    this.code = code;
  }

  /** E_SYSTEM_002 where storage is full, else E_SYSTEM_001. */
  public ErrorCode code() {
    return code;
  }
}
