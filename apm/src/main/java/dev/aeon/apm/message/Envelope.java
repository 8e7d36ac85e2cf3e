package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.schema.WireNamed;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything of a message but its payload (section 1): a checked, typed view of the JSON object,
 * which keeps the fields it does not know.
 */
public record Envelope(JsonObject fields) {
  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
   *     wrong
   */
  public Envelope {
    Violations violations = new Violations(MessageRules.isNewerMinor(fields));
    MessageRules.checkEnvelope(fields, violations);
    violations.throwIfAny();
  }

  public ProtocolVersion version() {
    return ProtocolVersion.parse(fields.string("version")).orElseThrow();
  }

  public MessageId messageId() {
    return new MessageId(fields.string("messageId"));
  }

  public Optional<String> correlationId() {
    return fields.findString("correlationId");
  }

  public Instant timestamp() {
    return Timestamps.parse(fields.string("timestamp")).orElseThrow();
  }

  public AgentIdentity sender() {
    return AgentIdentity.read(fields.object("sender"));
  }

  public Receiver receiver() {
    return Receiver.read(fields.object("receiver"));
  }

  public MessageType messageType() {
    return WireNamed.parse(MessageType.class, fields.string("messageType")).orElseThrow();
  }

  public Priority priority() {
    return WireNamed.parse(Priority.class, fields.string("priority")).orElseThrow();
  }

  public Metadata metadata() {
    return fields.findObject("metadata").map(Metadata::new).orElse(Metadata.EMPTY);
  }
}
