package dev.aeon.apm.store;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.WireNamed;
import dev.aeon.apm.track.Failure;
import java.time.Instant;
import java.util.List;

/** A message that failed for good, as it lies in the dead-letter queue (resolution 55). */
public record DeadLetter(JsonObject fields) {
  static DeadLetter of(String entryId, Instant failedAt, Failure failure) {
    List<JsonObject> history =
        failure.history().stream()
            .map(step ->
                JsonObject.builder()
                    .put("state", step.state().name())
                    .put("since", Timestamps.format(step.since()))
                    .build())
            .toList();
    return new DeadLetter(
        JsonObject.builder()
            .put("entryId", entryId)
            .put("failedAt", Timestamps.format(failedAt))
            .put("reason", failure.reason())
            .put("errorCode", failure.code().name())
            .put("detail", failure.detail())
            .putStrings("attempts", failure.attempts().stream().map(Timestamps::format).toList())
            .put(
                "receiver",
                JsonObject.builder()
                    .put("agentId", failure.receiver().agentId().value())
                    .put("type", failure.receiver().type())
                    .build())
            .putObjects("history", history)
            .put("original", failure.message().toJson())
            .build());
  }

  /** Whether it says of {@code failure} all there is to say. */
  boolean isOf(Failure failure) {
    return fields.equals(of(entryId(), failedAt(), failure).fields());
  }

  public String entryId() {
    return fields.string("entryId");
  }

  public Instant failedAt() {
    return Timestamps.parse(fields.string("failedAt")).orElseThrow();
  }

  /** One of {@code channel_unavailable, refused, needs_fix, timeout, ttl_expired}. */
  public String reason() {
    return fields.string("reason");
  }

  public ErrorCode errorCode() {
    return ErrorCode.parse(fields.string("errorCode")).orElseThrow();
  }

  public String detail() {
    return fields.string("detail");
  }

  /** When the message was handed to its channel, first to last. */
  public List<Instant> attempts() {
    return fields.strings("attempts").stream()
        .map(text -> Timestamps.parse(text).orElseThrow())
        .toList();
  }

  public AgentIdentity receiver() {
    JsonObject receiver = fields.object("receiver");
    AgentType type = WireNamed.parse(AgentType.class, receiver.string("type")).orElseThrow();
    return AgentIdentity.of(receiver.string("agentId"), type);
  }

  /** The message as it is sent once more: the same one, with a new time and no retries yet. */
  public Message redriven(Instant now) {
    Message message = message();
    Metadata metadata = message.envelope().metadata().toBuilder().retryCount(0).build();
    return message.toBuilder().timestamp(now).metadata(metadata).build();
  }

  /** The message as it was sent last. */
  public Message message() {
    return Message.of(JsonObject.parse(fields.object("original").toBytes()));
  }
}
