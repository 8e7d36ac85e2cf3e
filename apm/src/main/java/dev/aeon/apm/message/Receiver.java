package dev.aeon.apm.message;

import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;
import dev.aeon.apm.schema.WireNamed;

/** To whom a message goes: one agent, all of a type, or all (sections 1.3 and 3). */
public sealed interface Receiver {
  /** One agent, whose type must be the one it is registered with. */
  record One(AgentIdentity agent) implements Receiver {}

  /** Every agent of a type but the sender. */
  record OfType(AgentType type) implements Receiver {}

  /** Every agent but the sender. */
  record Everyone() implements Receiver {}

  static Receiver of(AgentIdentity agent) {
    return new One(agent);
  }

  static Receiver of(String agentId, AgentType type) {
    return new One(AgentIdentity.of(agentId, type));
  }

  static Receiver ofType(AgentType type) {
    return new OfType(type);
  }

  static Receiver everyone() {
    return new Everyone();
  }

  /** Checks the {@code receiver} field's object. */
  static void check(JsonObject fields, String path, Violations violations) {
    ReceiverRules.SCHEMA.check(fields, path, violations);
    boolean concrete = fields.findString("agentId").filter(id -> !id.equals("*")).isPresent();
    if (concrete && fields.findString("type").filter("*"::equals).isPresent()) {
      violations.add(
          ErrorCode.E_ROUTING_002, path + ".type", "one agent's type must be named, not '*'");
    }
  }

  /** Reads an object that {@link #check} found nothing wrong with. */
  static Receiver read(JsonObject fields) {
    if (!fields.string("agentId").equals("*")) {
      return new One(AgentIdentity.read(fields));
    }
    return WireNamed.parse(AgentType.class, fields.string("type"))
        .<Receiver>map(OfType::new)
        .orElseGet(Everyone::new);
  }

  /** The receiver as the protocol writes it. */
  default JsonObject toJson() {
    return switch (this) {
      case One(AgentIdentity agent) -> agent.toJson();
      case OfType(AgentType type) ->
          JsonObject.builder().put("agentId", "*").put("type", type).build();
      case Everyone() -> JsonObject.builder().put("agentId", "*").put("type", "*").build();
    };
  }
}

/** The fields of a receiver, where {@code *} is legal. */
final class ReceiverRules {
  static final Schema SCHEMA =
      Schema.empty()
          .required(
              "agentId",
              FieldRules.text(
                  ErrorCode.E_VALIDATION_008,
                  "an agent's id or '*'",
                  text -> text.equals("*") || AgentId.isLegal(text)))
          .required("type", orStar(FieldRules.oneOf(AgentType.class)));

  private ReceiverRules() {}

  private static FieldRule orStar(FieldRule rule) {
    return (value, path, violations) -> {
      if (!value.isString() || !value.stringValue().equals("*")) {
        rule.check(value, path, violations);
      }
    };
  }
}
