package dev.aeon.apm.task;

import static dev.aeon.apm.message.AgentType.IMPLEMENTATION;
import static dev.aeon.apm.message.AgentType.MANAGER;

import dev.aeon.apm.Refusal;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.schema.ErrorCode;
import java.util.Optional;

/** From whom to whom each type of message goes (section 2.1). */
final class Directions {
  private Directions() {}

  /**
   * Why an agent does not take {@code message}: E_ROUTING_002 where agents of its type are not sent
   * such messages, E_VALIDATION_009 where agents of the sender's type do not send them,
   * E_PROTOCOL_006 for a custom type, which no task's runtime handles; empty where it goes the
   * right way.
   */
  static Optional<Refusal> refusal(Message message, AgentIdentity self) {
    return switch (message.type()) {
      case TASK_ASSIGNMENT ->
          expectReceiver(message, self, IMPLEMENTATION).or(() -> expectSender(message, MANAGER));
      case TASK_UPDATE ->
          expectReceiver(message, self, MANAGER).or(() -> expectSender(message, IMPLEMENTATION));
      case ERROR_REPORT -> expectReceiver(message, self, MANAGER);
      case CUSTOM -> unhandled(message);
      case STATE_SYNC, HANDOFF_REQUEST, ACK, NACK -> Optional.empty();
    };
  }

  /**
   * Sees that {@code agent} is of the type that its part in tasks asks for.
   *
   * @throws IllegalArgumentException where it is not
   */
  static void expect(AgentIdentity agent, AgentType type) {
    if (agent.type() != type) {
      throw new IllegalArgumentException(
          "not a " + type.wireName() + " agent: agent=" + agent + " type=" + agent.type());
    }
  }

  private static Optional<Refusal> expectReceiver(
      Message message, AgentIdentity self, AgentType type) {
    return self.type() == type
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ErrorCode.E_ROUTING_002,
                message.type() + " goes to " + type.wireName() + " agents: receiver=" + self));
  }

  private static Optional<Refusal> expectSender(Message message, AgentType type) {
    AgentIdentity sender = message.sender();
    return sender.type() == type
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                ErrorCode.E_VALIDATION_009,
                message.type() + " comes from " + type.wireName() + " agents: sender=" + sender));
  }

  private static Optional<Refusal> unhandled(Message message) {
    Payload payload = message.payload();
    return message.envelope().metadata().fields().has("broadcastId")
        ? Optional.empty()
        : Optional.of(
            new Refusal(ErrorCode.E_PROTOCOL_006, "not handled: type=" + payload.typeName()));
  }
}
