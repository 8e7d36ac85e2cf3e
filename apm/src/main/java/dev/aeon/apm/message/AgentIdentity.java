package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.WireNamed;

/** Which agent, and of what type (section 1.3). */
public record AgentIdentity(AgentId agentId, AgentType type) {
  static final Schema SCHEMA =
      Schema.empty()
          .required(
              "agentId",
              FieldRules.ascii(ErrorCode.E_VALIDATION_008, "the id of one agent", AgentId::isLegal))
          .required(
              "type",
              FieldRules.either(
                  "*",
                  (_, _, violations) ->
                      violations.add(
                          ErrorCode.E_VALIDATION_008, "'*' is legal in the receiver alone"),
                  FieldRules.oneOf(AgentType.class)));

  public static AgentIdentity of(String agentId, AgentType type) {
    return new AgentIdentity(new AgentId(agentId), type);
  }

  static AgentIdentity read(JsonObject fields) {
    return of(
        fields.string("agentId"),
        WireNamed.parse(AgentType.class, fields.string("type")).orElseThrow());
  }

  JsonObject toJson() {
    return JsonObject.builder().put("agentId", agentId.value()).put("type", type).build();
  }

  @Override
  public String toString() {
    return agentId + "(" + type.wireName() + ")";
  }
}
