package dev.aeon.apm.message;

import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.WireNamed;
import java.time.Instant;
import java.util.Optional;

/** An agent says that a state it keeps has changed (section 2.4). */
public record StateSync(JsonObject fields) implements Payload {
  private static final Schema SCHEMA =
      Schema.empty()
          .required("entityType", FieldRules.oneOf(EntityType.class))
          .required("entityId", FieldRules.text())
          .required("operation", FieldRules.oneOf(StateOperation.class))
          .required("state", FieldRules.object())
          .optional("previousState", FieldRules.object())
          .required("syncTimestamp", FieldRules.timestamp());

  static final FieldRule RULES = SCHEMA;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public StateSync {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.STATE_SYNC;
  }

  public EntityType entityType() {
    return WireNamed.parse(EntityType.class, fields.string("entityType")).orElseThrow();
  }

  public String entityId() {
    return fields.string("entityId");
  }

  public StateOperation operation() {
    return WireNamed.parse(StateOperation.class, fields.string("operation")).orElseThrow();
  }

  public JsonObject state() {
    return fields.object("state");
  }

  public Optional<JsonObject> previousState() {
    return fields.findObject("previousState");
  }

  /** When the state changed. */
  public Instant syncTimestamp() {
    return Timestamps.parse(fields.string("syncTimestamp")).orElseThrow();
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder entityType(EntityType entityType) {
      fields.put("entityType", entityType);
      return this;
    }

    public Builder entityId(String entityId) {
      fields.put("entityId", entityId);
      return this;
    }

    public Builder operation(StateOperation operation) {
      fields.put("operation", operation);
      return this;
    }

    public Builder state(JsonObject state) {
      fields.put("state", state);
      return this;
    }

    public Builder previousState(JsonObject previousState) {
      fields.put("previousState", previousState);
      return this;
    }

    public Builder syncTimestamp(Instant syncTimestamp) {
      fields.put("syncTimestamp", Timestamps.format(syncTimestamp));
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public StateSync build() {
      return new StateSync(fields.build());
    }
  }
}
