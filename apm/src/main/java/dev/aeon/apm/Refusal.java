package dev.aeon.apm;

import dev.aeon.apm.schema.ErrorCode;

/**
 * Why a message is not accepted.
 *
 * @param code the catalog's code
 * @param reason for people; not empty
 * @param canRetry whether the sender may succeed by waiting or by mending the message
 */
public record Refusal(ErrorCode code, String reason, boolean canRetry) {
  /** A refusal that may be got over where the catalog says so of its code. */
  public Refusal(ErrorCode code, String reason) {
    this(code, reason, code.isRecoverable());
  }
}
