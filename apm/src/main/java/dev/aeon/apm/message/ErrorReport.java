package dev.aeon.apm.message;

import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.WireNamed;
import java.util.Optional;

/** An agent tells a manager what failed (section 2.5). */
public record ErrorReport(JsonObject fields) implements Payload {
  private static final Schema SCHEMA =
      Schema.empty()
          .required("errorType", FieldRules.openOneOf(ErrorType.class))
          .required("errorMessage", FieldRules.text())
          .required("severity", FieldRules.oneOf(ErrorSeverity.class))
          .optional("errorCode", FieldRules.text())
          .optional("context", FieldRules.object())
          .optional("stackTrace", FieldRules.string())
          .optional("recoverable", FieldRules.bool())
          .optional("suggestedAction", FieldRules.string())
          .optional("metadata", FieldRules.object());

  static final FieldRule RULES = SCHEMA;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public ErrorReport {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.ERROR_REPORT;
  }

  public String errorMessage() {
    return fields.string("errorMessage");
  }

  public ErrorSeverity severity() {
    return WireNamed.parse(ErrorSeverity.class, fields.string("severity")).orElseThrow();
  }

  public Optional<String> errorCode() {
    return fields.findString("errorCode");
  }

  public Optional<JsonObject> context() {
    return fields.findObject("context");
  }

  public Optional<String> stackTrace() {
    return fields.findString("stackTrace");
  }

  public Optional<Boolean> recoverable() {
    return fields.findBoolean("recoverable");
  }

  public Optional<String> suggestedAction() {
    return fields.findString("suggestedAction");
  }

  public Optional<JsonObject> metadata() {
    return fields.findObject("metadata");
  }

  /** What failed; empty where a newer minor version says something that we do not know. */
  public Optional<ErrorType> errorType() {
    return WireNamed.parse(ErrorType.class, fields.string("errorType"));
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder errorMessage(String errorMessage) {
      fields.put("errorMessage", errorMessage);
      return this;
    }

    public Builder severity(ErrorSeverity severity) {
      fields.put("severity", severity);
      return this;
    }

    public Builder errorCode(String errorCode) {
      fields.put("errorCode", errorCode);
      return this;
    }

    public Builder context(JsonObject context) {
      fields.put("context", context);
      return this;
    }

    public Builder stackTrace(String stackTrace) {
      fields.put("stackTrace", stackTrace);
      return this;
    }

    public Builder recoverable(boolean recoverable) {
      fields.put("recoverable", recoverable);
      return this;
    }

    public Builder suggestedAction(String suggestedAction) {
      fields.put("suggestedAction", suggestedAction);
      return this;
    }

    public Builder metadata(JsonObject metadata) {
      fields.put("metadata", metadata);
      return this;
    }

    public Builder errorType(ErrorType errorType) {
      fields.put("errorType", errorType);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public ErrorReport build() {
      return new ErrorReport(fields.build());
    }
  }
}
