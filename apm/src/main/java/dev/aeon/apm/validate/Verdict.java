package dev.aeon.apm.validate;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import java.util.List;
import java.util.Optional;

/** What the validator found. */
public sealed interface Verdict {
  /** The message may go on. */
  record Valid(ValidatedMessage message) implements Verdict {}

  /**
   * The message is refused.
   *
   * @param violations everything wrong with it, in reporting order; at least one
   * @param origin who sent it, where that can be read
   */
  record Invalid(List<Violation> violations, Optional<Origin> origin) implements Verdict {
    public ErrorCode code() {
      return violations.getFirst().code();
    }
  }

  /**
   * What can be told of an invalid message, enough to refuse it to its sender.
   *
   * @param isAcknowledgement whether it claims to be an ACK or NACK, which is never answered
   */
  record Origin(
      AgentIdentity sender, MessageId messageId, String correlation, boolean isAcknowledgement) {}
}
