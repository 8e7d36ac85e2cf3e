package dev.aeon.apm.message;

import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid message: an envelope and the payload of the type it names, as a view of one JSON object.
 * Immutable.
 */
public final class Message {
  private final JsonObject fields;
  private final Envelope envelope;
  private final MessageId messageId;
  private @Nullable Payload payload;

  private Message(JsonObject fields) {
    this.fields = fields;
    this.envelope = new Envelope(fields);
    this.messageId = envelope.messageId();
  }

  /** Everything that is wrong with {@code message}, in the catalog's reporting order. */
  public static List<Violation> check(JsonObject message) {
    return MessageRules.check(message).ordered();
  }

  /**
   * The message that {@code fields} say.
   *
   * @throws InvalidMessageException listing everything that is wrong
   */
  public static Message of(JsonObject fields) {
    MessageRules.check(fields).throwIfAny();
    return new Message(fields);
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

  /** A builder that starts with this message, id included; fields left alone keep their bytes. */
  public MessageBuilder toBuilder() {
    return new MessageBuilder(fields);
  }

  /** The message as one JSON object, as it was read or built. */
  public JsonObject toJson() {
    return fields;
  }

  public Envelope envelope() {
    return envelope;
  }

  public Payload payload() {
    Payload made = payload;
    if (made == null) {
      made = type().payload(envelope.typeName(), fields.object("payload"));
      payload = made;
    }
    return made;
  }

  public MessageId messageId() {
    return messageId;
  }

  public AgentIdentity sender() {
    return envelope.sender();
  }

  public Receiver receiver() {
    return envelope.receiver();
  }

  public MessageType type() {
    return envelope.messageType();
  }

  /**
   * The correlation of the request that this message responds to: what its metadata says, as those
   * of messages do that have a correlation of their own, else its correlation.
   */
  public String respondsTo() {
    return envelope.metadata().respondsTo().orElseGet(this::correlation);
  }

  /** The id that answers to this message carry: its correlation id, else its own id. */
  public String correlation() {
    return envelope.correlationId().orElseGet(messageId::value);
  }

  /**
   * When the response to this message is late (resolution 13): twice a task's estimated duration
   * after its timestamp, or at the end of its time to live; empty where it asks for no response.
   */
  public Optional<Instant> responseDeadline() {
    if (!type().isRequest()) {
      return Optional.empty();
    }
    Optional<Duration> expected =
        payload() instanceof TaskAssignment task ? task.estimatedDuration() : Optional.empty();
    return Optional.of(
        expected
            .map(duration -> envelope.timestamp().plus(duration.multipliedBy(2)))
            .orElseGet(envelope::deadline));
  }

  /** Whether {@code other} says the same. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Message message && fields.equals(message.fields);
  }

  @Override
  public int hashCode() {
    return messageId.hashCode();
  }

  /** The message's JSON text. */
  @Override
  public String toString() {
    return fields.toString();
  }
}
