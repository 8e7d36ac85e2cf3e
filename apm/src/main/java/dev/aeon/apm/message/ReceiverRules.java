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
              FieldRules.ascii(
                  ErrorCode.E_VALIDATION_008,
                  "an agent's id or '*'",
                  text -> isAny(text) || AgentId.isLegal(text)))
          .required(
              "type", FieldRules.either("*", (_, _, _) -> {}, FieldRules.oneOf(AgentType.class)));

  private static boolean isAny(CharSequence text) {
    return text.length() == 1 && text.charAt(0) == '*';
  }

  @Override
  public void check(JsonIndex json, int receiver, Violations violations) {
    SCHEMA.check(json, receiver, violations);
    JsonObject fields = JsonObject.of(json, receiver);
    if (fields.says("type", "*")
        && fields.findString("agentId").filter(id -> !id.equals("*")).isPresent()) {
      violations.add(ErrorCode.E_ROUTING_002, "type", "one agent's type must be named, not '*'");
    }
  }
}
