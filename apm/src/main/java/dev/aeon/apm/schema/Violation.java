package dev.aeon.apm.schema;

/**
 * One thing that is wrong with a message.
 *
 * @param path where, as {@code payload.blockers[2].severity}; empty for the message as a whole
 * @param code the catalog's code, which also gives severity and recoverability
 * @param detail what was violated, then {@code name=value} pairs
 */
public record Violation(String path, ErrorCode code, String detail) {
  public Severity severity() {
    return code.severity();
  }

  public boolean isRecoverable() {
    return code.isRecoverable();
  }

  @Override
  public String toString() {
    return code + (path.isEmpty() ? " " : " " + path + ": ") + detail;
  }
}
