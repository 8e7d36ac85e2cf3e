package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.schema.ErrorCode;
import java.time.Instant;
import java.util.List;

/**
 * A message that failed for good.
 *
 * @param message as it was sent last
 * @param receiver to whom
 * @param reason one of {@code channel_unavailable, refused, needs_fix, timeout, ttl_expired}
 * @param code the catalog's code
 * @param detail for people
 * @param attempts when it was handed to its channel
 * @param history its states and since when, first to last
 */
public record Failure(
    Message message,
    AgentIdentity receiver,
    String reason,
    ErrorCode code,
    String detail,
    List<Instant> attempts,
    List<Step> history) {
  /** A state and since when. */
  public record Step(MessageState state, Instant since) {}
}
