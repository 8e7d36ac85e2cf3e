package dev.aeon.apm.protobuf;

import dev.aeon.apm.schema.ErrorCode;

/** A payload's Protobuf message cannot be read; {@link #code} is what to refuse it with. */
public final class ProtobufException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProtobufException(String message) {
    super(ErrorCode.E_VALIDATION_004 + " " + message);
  }

  ProtobufException(String message, Throwable cause) {
    super(ErrorCode.E_VALIDATION_004 + " " + message, cause);
  }

  public ErrorCode code() {
    return ErrorCode.E_VALIDATION_004;
  }
}
