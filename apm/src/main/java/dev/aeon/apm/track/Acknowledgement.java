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
  /** One recipient's ACK. */
  public record Receipt(AgentIdentity receiver, AckStatus status, Instant timestamp) {}
}
