package dev.aeon.apm.store;

import dev.aeon.apm.schema.ErrorCode;
import java.util.Locale;

/** A file of an agent's state cannot be read or written. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  StoreException(String message, Throwable cause) {
    this(codeOf(cause), message, cause);
  }

  private StoreException(ErrorCode code, String message, Throwable cause) {
    super(code + " " + message + " cause=" + cause, cause);
    this.code = code;
  }

  /** E_SYSTEM_002 where storage is full, else E_SYSTEM_001. */
  public ErrorCode code() {
    return code;
  }

  /** By the text alone, which is all that the platform says: ENOSPC and EDQUOT. */
  private static ErrorCode codeOf(Throwable cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("quota exceeded")
        ? ErrorCode.E_SYSTEM_002
        : ErrorCode.E_SYSTEM_001;
  }
}
