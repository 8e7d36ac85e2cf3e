package dev.aeon.apm.cli;

import dev.aeon.apm.schema.ErrorCode;

/** A command cannot do what was asked of it. */
final class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int exitCode;

  private CliException(ErrorCode code, int exitCode, String message) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }

  /** What was asked for makes no sense here. */
  static CliException refused(ErrorCode code, String message) {
    return new CliException(code, Failures.REFUSED, message);
  }

  /** Somebody who is needed is not there, or has what is needed. */
  static CliException unreachable(ErrorCode code, String message) {
    return new CliException(code, Failures.UNREACHABLE, message);
  }

  ErrorCode code() {
    return code;
  }

  int exitCode() {
    return exitCode;
  }
}
