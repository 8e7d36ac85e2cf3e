package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
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

  /** Reads the {@code receiver} object of a valid message. */
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
