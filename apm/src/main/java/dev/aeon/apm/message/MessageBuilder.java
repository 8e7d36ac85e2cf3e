package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Message}. Confined to one thread. */
public final class MessageBuilder {
  private final JsonObjectBuilder envelope;
  private @Nullable Payload payload;

  MessageBuilder(JsonObject envelope) {
    this.envelope = envelope.toBuilder();
    if (!envelope.has("version")) {
      this.envelope.put("version", ProtocolVersion.CURRENT.toString());
    }
  }

  public MessageBuilder messageId(MessageId messageId) {
    envelope.put("messageId", messageId.value());
    return this;
  }

  public MessageBuilder correlationId(String correlationId) {
    envelope.put("correlationId", correlationId);
    return this;
  }

  public MessageBuilder timestamp(Instant timestamp) {
    envelope.put("timestamp", Timestamps.format(timestamp));
    return this;
  }

  public MessageBuilder sender(AgentIdentity sender) {
    envelope.put("sender", sender.toJson());
    return this;
  }

  public MessageBuilder receiver(Receiver receiver) {
    envelope.put("receiver", receiver.toJson());
    return this;
  }

  public MessageBuilder receiver(AgentIdentity receiver) {
    return receiver(Receiver.of(receiver));
  }

  public MessageBuilder priority(Priority priority) {
    envelope.put("priority", priority);
    return this;
  }

  public MessageBuilder metadata(Metadata metadata) {
    envelope.put("metadata", metadata.fields());
    return this;
  }

  /** Sets the payload and, with it, the message type. */
  public MessageBuilder payload(Payload payload) {
    envelope.put("messageType", payload.type());
    this.payload = payload;
    return this;
  }

  /**
   * Builds it.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException listing everything missing or wrong
   */
  public Message build() {
    JsonObjectBuilder message = envelope.build().toBuilder();
    if (payload != null) {
      message.put("payload", payload.fields());
    }
    return Message.of(message.build());
  }
}
