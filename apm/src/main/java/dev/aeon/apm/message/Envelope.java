package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.WireNamed;
import java.time.Instant;
import java.util.Optional;

/** A valid message without its payload (section 1): a typed view of the message's JSON object. */
public final class Envelope {
  private final JsonObject message;

  Envelope(JsonObject message) {
    this.message = message;
  }

  /** All fields of the message, known and unknown, the payload included. */
  public JsonObject fields() {
    return message;
  }

  public ProtocolVersion version() {
    return ProtocolVersion.parse(message.string("version")).orElseThrow();
  }

  public MessageId messageId() {
    return new MessageId(message.string("messageId"));
  }

  public Optional<String> correlationId() {
    return message.findString("correlationId");
  }

  public Instant timestamp() {
    return Timestamps.parse(message.string("timestamp")).orElseThrow();
  }

  public AgentIdentity sender() {
    return AgentIdentity.read(message.object("sender"));
  }

  public Receiver receiver() {
    return Receiver.read(message.object("receiver"));
  }

  /** The type's name, which for a custom type says more than {@link #messageType}. */
  public String typeName() {
    return message.string("messageType");
  }

  public MessageType messageType() {
    return MessageType.parse(typeName()).orElseThrow();
  }

  public Priority priority() {
    return WireNamed.parse(Priority.class, message.string("priority")).orElseThrow();
  }

  public Metadata metadata() {
    return message.findObject("metadata").map(Metadata::new).orElse(Metadata.EMPTY);
  }

  /** When the message stops being of use: its timestamp and its time to live. */
  public Instant deadline() {
    return timestamp().plus(metadata().ttl());
  }
}
