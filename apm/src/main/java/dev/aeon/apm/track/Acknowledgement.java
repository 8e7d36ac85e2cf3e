package dev.aeon.apm.track;

import dev.aeon.apm.message.AckStatus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.MessageId;
import java.time.Instant;
import java.util.List;

/**
 * Every recipient of a message has it.
 *
 * @param receipts one per recipient; a direct message has one, a broadcast to nobody none
 */
public record Acknowledgement(MessageId messageId, List<Receipt> receipts) {
  /** What became of all copies: each was acknowledged. */
  public Tally tally() {
    return new Tally(receipts.size(), receipts.size(), 0, 0);
  }

  /** One recipient's ACK. */
  public record Receipt(AgentIdentity receiver, AckStatus status, Instant timestamp) {}
}
