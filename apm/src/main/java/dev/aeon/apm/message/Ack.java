package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.WireNamed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A receiver has a message (section 2.7). */
public record Ack(JsonObject fields) implements Payload {
  private static final Schema SCHEMA =
      Schema.empty()
          .required(
              "acknowledgedMessageId",
              FieldRules.ascii(ErrorCode.E_VALIDATION_006, "a message id", MessageId::isLegal))
          .required("status", FieldRules.oneOf(AckStatus.class))
          .required("timestamp", FieldRules.timestamp())
          .optional("processingTime", FieldRules.number(0, Long.MAX_VALUE))
          .optional("notes", FieldRules.string());

  static final FieldRule RULES = SCHEMA;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public Ack {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.ACK;
  }

  public AckStatus status() {
    return WireNamed.parse(AckStatus.class, fields.string("status")).orElseThrow();
  }

  public Instant timestamp() {
    return Timestamps.parse(fields.string("timestamp")).orElseThrow();
  }

  public Optional<String> notes() {
    return fields.findString("notes");
  }

  public MessageId acknowledgedMessageId() {
    return new MessageId(fields.string("acknowledgedMessageId"));
  }

  /** How long processing took. */
  public Optional<Duration> processingTime() {
    return fields.findDouble("processingTime").map(millis -> Duration.ofMillis(Math.round(millis)));
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder status(AckStatus status) {
      fields.put("status", status);
      return this;
    }

    public Builder timestamp(Instant timestamp) {
      fields.put("timestamp", Timestamps.format(timestamp));
      return this;
    }

    public Builder notes(String notes) {
      fields.put("notes", notes);
      return this;
    }

    public Builder acknowledgedMessageId(MessageId acknowledgedMessageId) {
      fields.put("acknowledgedMessageId", acknowledgedMessageId.value());
      return this;
    }

    public Builder processingTime(Duration processingTime) {
      fields.put("processingTime", processingTime.toMillis());
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public Ack build() {
      return new Ack(fields.build());
    }
  }
}
