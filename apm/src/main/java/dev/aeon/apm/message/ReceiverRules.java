package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonIndex;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;

/** The fields of a receiver, where {@code *} is legal. */
final class ReceiverRules implements FieldRule {
  private static final Schema SCHEMA =
      Schema.empty()
          .required(
              "agentId",
              FieldRules.text(
                  ErrorCode.E_VALIDATION_008,
                  "an agent's id or '*'",
                  text -> text.equals("*") || AgentId.isLegal(text)))
          .required(
              "type", FieldRules.either("*", (_, _, _) -> {}, FieldRules.oneOf(AgentType.class)));

  @Override
  public void check(JsonIndex json, int receiver, Violations violations) {
    SCHEMA.check(json, receiver, violations);
    JsonObject fields = JsonObject.of(json, receiver);
    boolean concrete = fields.findString("agentId").filter(id -> !id.equals("*")).isPresent();
    if (concrete && fields.says("type", "*")) {
      violations.add(ErrorCode.E_ROUTING_002, "type", "one agent's type must be named, not '*'");
    }
  }
}
