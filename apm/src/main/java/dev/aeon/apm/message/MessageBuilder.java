package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.MessageSize;
import dev.aeon.apm.schema.Timestamps;
import java.time.Instant;

/** Builds a {@link Message}. Confined to one thread. */
public final class MessageBuilder {
  private final JsonObjectBuilder message;

  MessageBuilder(JsonObject message) {
    this.message = message.toBuilder();
    if (!message.has("version")) {
      this.message.put("version", ProtocolVersion.CURRENT.toString());
    }
  }

  public MessageBuilder version(ProtocolVersion version) {
    message.put("version", version.toString());
    return this;
  }

  public MessageBuilder messageId(MessageId messageId) {
    message.put("messageId", messageId.value());
    return this;
  }

  public MessageBuilder correlationId(String correlationId) {
    message.put("correlationId", correlationId);
    return this;
  }

  public MessageBuilder timestamp(Instant timestamp) {
    message.put("timestamp", Timestamps.format(timestamp));
    return this;
  }

  public MessageBuilder sender(AgentIdentity sender) {
    message.put("sender", sender.toJson());
    return this;
  }

  public MessageBuilder receiver(Receiver receiver) {
    message.put("receiver", receiver.toJson());
    return this;
  }

  public MessageBuilder receiver(AgentIdentity receiver) {
    return receiver(Receiver.of(receiver));
  }

  public MessageBuilder priority(Priority priority) {
    message.put("priority", priority);
    return this;
  }

  public MessageBuilder metadata(Metadata metadata) {
    message.put("metadata", metadata.fields());
    return this;
  }

  /** Sets the payload and, with it, the message type. */
  public MessageBuilder payload(Payload payload) {
    message.put("messageType", payload.typeName());
    message.put("payload", payload.fields());
    return this;
  }

  /**
   * Builds it.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException listing everything missing or wrong, or
   *     saying that the message is longer than 1,048,576 bytes
   */
  public Message build() {
    JsonObject fields = message.build();
    MessageSize.check(fields.byteSize());
    return Message.of(fields);
  }
}
