package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonIndex;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.schema.WireNamed;
import java.util.Optional;

/** An agent asks another to take a task over (section 2.6). */
public record HandoffRequest(JsonObject fields) implements Payload {
  private static final Schema SCHEMA =
      Schema.empty()
          .required("taskId", FieldRules.text())
          .required("reason", FieldRules.oneOf(HandoffReason.class))
          .required("sourceAgent", FieldRules.object(AgentIdentity.SCHEMA))
          .required("targetAgent", FieldRules.object(AgentIdentity.SCHEMA))
          .required("handoffContext", FieldRules.object());

  static final FieldRule RULES = HandoffRequest::check;

  /**
   * Checks the fields.
   *
   * @throws dev.aeon.apm.schema.InvalidMessageException where they break the schema
   */
  public HandoffRequest {
    Payloads.require(fields, RULES);
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageType type() {
    return MessageType.HANDOFF_REQUEST;
  }

  public String taskId() {
    return fields.string("taskId");
  }

  public HandoffReason reason() {
    return WireNamed.parse(HandoffReason.class, fields.string("reason")).orElseThrow();
  }

  /** Who hands over; always the sender. */
  public AgentIdentity sourceAgent() {
    return AgentIdentity.read(fields.object("sourceAgent"));
  }

  /** Who takes over; never the source. */
  public AgentIdentity targetAgent() {
    return AgentIdentity.read(fields.object("targetAgent"));
  }

  public JsonObject handoffContext() {
    return fields.object("handoffContext");
  }

  private static void check(JsonIndex json, int payload, Violations violations) {
    SCHEMA.check(json, payload, violations);
    JsonObject fields = JsonObject.of(json, payload);
    Optional<String> target = agentId(fields, "targetAgent");
    if (target.isPresent() && target.equals(agentId(fields, "sourceAgent"))) {
      violations.add(
          ErrorCode.E_VALIDATION_009,
          "targetAgent",
          "an agent cannot hand over to itself: agentId=" + target.get());
    }
  }

  private static Optional<String> agentId(JsonObject fields, String name) {
    return fields.findObject(name).flatMap(agent -> agent.findString("agentId"));
  }

  /** Builds the payload; what must be set and was not is found by {@link #build}. */
  public static final class Builder {
    private final JsonObjectBuilder fields = JsonObject.builder();

    private Builder() {}

    public Builder taskId(String taskId) {
      fields.put("taskId", taskId);
      return this;
    }

    public Builder reason(HandoffReason reason) {
      fields.put("reason", reason);
      return this;
    }

    public Builder sourceAgent(AgentIdentity sourceAgent) {
      fields.put("sourceAgent", sourceAgent.toJson());
      return this;
    }

    public Builder targetAgent(AgentIdentity targetAgent) {
      fields.put("targetAgent", targetAgent.toJson());
      return this;
    }

    public Builder handoffContext(JsonObject handoffContext) {
      fields.put("handoffContext", handoffContext);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws dev.aeon.apm.schema.InvalidMessageException listing every field that is missing or
     *     wrong
     */
    public HandoffRequest build() {
      return new HandoffRequest(fields.build());
    }
  }
}
