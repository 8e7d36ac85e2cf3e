package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonIndex;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.schema.WireNamed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An implementation agent says how far a task is (section 2.3). */
public record TaskUpdate(JsonObject fields) implements Payload {
  private static final Schema BLOCKER =
      Schema.empty()
          .optional("type", FieldRules.text())
          .optional("description", FieldRules.string())
          .optional("severity", FieldRules.text());
  private static final Schema SCHEMA =
      Schema.empty()
          .required("taskId", FieldRules.text())
          .required("status", FieldRules.oneOf(TaskStatus.class))
          .required("progress", FieldRules.number(0, 1))
          .optional("currentStep", FieldRules.string())
          .optional("notes", FieldRules.string())
          .optional("filesModified", FieldRules.list(FieldRules.string()))
          .optional("blockers", FieldRules.list(FieldRules.object(BLOCKER)))
          .optional("estimatedCompletion", FieldRules.timestamp());

  static final FieldRule RULES = TaskUpdate::check;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public TaskUpdate {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.TASK_UPDATE;
  }

  public String taskId() {
    return fields.string("taskId");
  }

  public TaskStatus status() {
    return WireNamed.parse(TaskStatus.class, fields.string("status")).orElseThrow();
  }

  public Optional<String> currentStep() {
    return fields.findString("currentStep");
  }

  public Optional<String> notes() {
    return fields.findString("notes");
  }

  public List<String> filesModified() {
    return fields.strings("filesModified");
  }

  public Optional<Instant> estimatedCompletion() {
    return fields.findString("estimatedCompletion").flatMap(Timestamps::parse);
  }

  /** The part that is done, 0 to 1. */
  public double progress() {
    return fields.number("progress");
  }

  /** What stands in the way: objects with type, description and severity. */
  public List<JsonObject> blockers() {
    return fields.objects("blockers");
  }

  private static void check(JsonIndex json, int payload, Violations violations) {
    SCHEMA.check(json, payload, violations);
    JsonObject fields = JsonObject.of(json, payload);
    if (fields.says("status", "completed")
        && fields.findDouble("progress").filter(done -> done >= 0 && done < 1).isPresent()) {
      violations.add(
          ErrorCode.E_VALIDATION_009,
          "progress",
          "a completed task has progress 1: progress=" + fields.number("progress"));
    }
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder taskId(String taskId) {
      fields.put("taskId", taskId);
      return this;
    }

    public Builder status(TaskStatus status) {
      fields.put("status", status);
      return this;
    }

    public Builder currentStep(String currentStep) {
      fields.put("currentStep", currentStep);
      return this;
    }

    public Builder notes(String notes) {
      fields.put("notes", notes);
      return this;
    }

    public Builder filesModified(List<String> filesModified) {
      fields.putStrings("filesModified", filesModified);
      return this;
    }

    public Builder estimatedCompletion(Instant estimatedCompletion) {
      fields.put("estimatedCompletion", Timestamps.format(estimatedCompletion));
      return this;
    }

    /** Sets the part that is done, 0 to 1. */
    public Builder progress(double progress) {
      fields.put("progress", progress);
      return this;
    }

    public Builder blockers(List<JsonObject> blockers) {
      fields.putObjects("blockers", blockers);
      return this;
    }

    /** Sets a field of the application's own, which receivers keep. */
    public Builder put(String name, JsonObject value) {
      fields.put(name, value);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public TaskUpdate build() {
      return new TaskUpdate(fields.build());
    }
  }
}
