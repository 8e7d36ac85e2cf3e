package dev.aeon.apm.message;

import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.WireNamed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A manager gives a task to an implementation agent (section 2.2). */
public record TaskAssignment(JsonObject fields) implements Payload {
  private static final Schema DEPENDENCY =
      Schema.empty()
          .required("taskId", FieldRules.text())
          .optional("status", FieldRules.text())
          .optional("outputs", FieldRules.list(FieldRules.string()));
  private static final Schema CONTEXT =
      Schema.empty()
          .optional("relatedFiles", FieldRules.list(FieldRules.string()))
          .optional("requiresAdHoc", FieldRules.bool())
          .optional("estimatedDuration", FieldRules.number(0, Integer.MAX_VALUE));
  private static final Schema SCHEMA =
      Schema.empty()
          .required("taskId", FieldRules.text())
          .required("taskRef", FieldRules.text())
          .required("taskDescription", FieldRules.text())
          .required("memoryLogPath", FieldRules.text())
          .required("executionType", FieldRules.oneOf(ExecutionType.class))
          .optional("dependencies", FieldRules.list(FieldRules.object(DEPENDENCY)))
          .optional("context", FieldRules.object(CONTEXT));

  static final FieldRule RULES = SCHEMA;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public TaskAssignment {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.TASK_ASSIGNMENT;
  }

  public String taskId() {
    return fields.string("taskId");
  }

  /** The task's name for people. */
  public String taskRef() {
    return fields.string("taskRef");
  }

  public String taskDescription() {
    return fields.string("taskDescription");
  }

  public String memoryLogPath() {
    return fields.string("memoryLogPath");
  }

  public ExecutionType executionType() {
    return WireNamed.parse(ExecutionType.class, fields.string("executionType")).orElseThrow();
  }

  /** Tasks that this one waits for: objects with taskId, status and outputs. */
  public List<JsonObject> dependencies() {
    return fields.objects("dependencies");
  }

  /** Whatever else the agent needs; relatedFiles, requiresAdHoc and estimatedDuration are known. */
  public JsonObject context() {
    return fields.findObject("context").orElse(JsonObject.empty());
  }

  /** How long the task should take, where the context says so. */
  public Optional<Duration> estimatedDuration() {
    return context()
        .findDouble("estimatedDuration")
        .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder taskId(String taskId) {
      fields.put("taskId", taskId);
      return this;
    }

    public Builder taskRef(String taskRef) {
      fields.put("taskRef", taskRef);
      return this;
    }

    public Builder taskDescription(String taskDescription) {
      fields.put("taskDescription", taskDescription);
      return this;
    }

    public Builder memoryLogPath(String memoryLogPath) {
      fields.put("memoryLogPath", memoryLogPath);
      return this;
    }

    public Builder executionType(ExecutionType executionType) {
      fields.put("executionType", executionType);
      return this;
    }

    public Builder dependencies(List<JsonObject> dependencies) {
      fields.putObjects("dependencies", dependencies);
      return this;
    }

    public Builder context(JsonObject context) {
      fields.put("context", context);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public TaskAssignment build() {
      return new TaskAssignment(fields.build());
    }
  }
}
