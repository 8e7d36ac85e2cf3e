package dev.aeon.apm.message;

import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import dev.aeon.apm.schema.Violations;
import java.time.InstantSource;
import java.util.List;

/** A valid message: an envelope and the payload of the type it names. Immutable. */
public record Message(Envelope envelope, Payload payload) {
  /**
   * Checks what envelope and payload have in common.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they contradict each other
   * @throws IllegalArgumentException where the payload is not of the type that the envelope names
   */
  public Message {
    if (envelope.messageType() != payload.type()) {
      throw new IllegalArgumentException(
          "payload of another type: messageType="
              + envelope.messageType()
              + " payload="
              + payload.type());
    }
    Violations violations = new Violations(envelope.version().isNewerMinor());
    payload.type().check(payload.fields(), violations);
    MessageRules.checkTogether(envelope.fields(), payload.fields(), violations);
    violations.throwIfAny();
  }

  /** Everything that is wrong with {@code message}, in the catalog's reporting order. */
  public static List<Violation> check(JsonObject message) {
    Violations violations = new Violations(MessageRules.isNewerMinor(message));
    MessageRules.check(message, violations);
    return violations.ordered();
  }

  /**
   * The message that {@code fields} say.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException listing everything that is wrong
   */
  public static Message of(JsonObject fields) {
    List<Violation> violations = check(fields);
    if (!violations.isEmpty()) {
      throw new InvalidMessageException(violations);
    }
    Envelope envelope = new Envelope(fields.without("payload"));
    return new Message(envelope, envelope.messageType().payload(fields.object("payload")));
  }

  /** A builder with a new id, the current time and NORMAL priority. */
  public static MessageBuilder builder() {
    return builder(InstantSource.system());
  }

  /** A builder with a new id, {@code clock}'s time and NORMAL priority. */
  public static MessageBuilder builder(InstantSource clock) {
    return new MessageBuilder(JsonObject.empty())
        .messageId(new MessageIds(clock).next())
        .timestamp(clock.instant())
        .priority(Priority.NORMAL);
  }

  /** A builder that starts with this message, id included. */
  public MessageBuilder toBuilder() {
    return new MessageBuilder(envelope.fields()).payload(payload);
  }

  /** The message as one JSON object, payload last. */
  public JsonObject toJson() {
    return envelope.fields().toBuilder().put("payload", payload.fields()).build();
  }

  public MessageId messageId() {
    return envelope.messageId();
  }

  public AgentIdentity sender() {
    return envelope.sender();
  }

  public Receiver receiver() {
    return envelope.receiver();
  }

  public MessageType type() {
    return payload.type();
  }

  /** The id that answers to this message carry: its correlation id, else its own id. */
  public String correlation() {
    return envelope.correlationId().orElseGet(() -> messageId().value());
  }
}
