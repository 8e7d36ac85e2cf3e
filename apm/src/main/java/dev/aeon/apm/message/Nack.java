package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Timestamps;
import java.time.Instant;
import java.util.Optional;

/** A receiver refuses a message (section 2.8). */
public record Nack(JsonObject fields) implements Payload {
  private static final Schema SCHEMA =
      Schema.empty()
          .required(
              "rejectedMessageId",
              FieldRules.ascii(ErrorCode.E_VALIDATION_006, "a message id", MessageId::isLegal))
          .required("reason", FieldRules.text())
          .required("timestamp", FieldRules.timestamp())
          .optional("errorCode", FieldRules.text())
          .optional("canRetry", FieldRules.bool())
          .optional("suggestedFix", FieldRules.string());

  static final FieldRule RULES = SCHEMA;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public Nack {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.NACK;
  }

  public String reason() {
    return fields.string("reason");
  }

  public Instant timestamp() {
    return Timestamps.parse(fields.string("timestamp")).orElseThrow();
  }

  public Optional<String> suggestedFix() {
    return fields.findString("suggestedFix");
  }

  public MessageId rejectedMessageId() {
    return new MessageId(fields.string("rejectedMessageId"));
  }

  /** The catalog's code; empty where none was given or we do not know it. */
  public Optional<ErrorCode> errorCode() {
    return fields.findString("errorCode").flatMap(ErrorCode::parse);
  }

  /** Whether sending again may help; where not said, what the catalog says of the code. */
  public boolean canRetry() {
    return fields
        .findBoolean("canRetry")
        .orElseGet(() -> errorCode().map(ErrorCode::isRecoverable).orElse(false));
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder reason(String reason) {
      fields.put("reason", reason);
      return this;
    }

    public Builder timestamp(Instant timestamp) {
      fields.put("timestamp", Timestamps.format(timestamp));
      return this;
    }

    public Builder suggestedFix(String suggestedFix) {
      fields.put("suggestedFix", suggestedFix);
      return this;
    }

    public Builder rejectedMessageId(MessageId rejectedMessageId) {
      fields.put("rejectedMessageId", rejectedMessageId.value());
      return this;
    }

    public Builder errorCode(ErrorCode errorCode) {
      fields.put("errorCode", errorCode.name());
      return this;
    }

    public Builder canRetry(boolean canRetry) {
      fields.put("canRetry", canRetry);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public Nack build() {
      return new Nack(fields.build());
    }
  }
}
