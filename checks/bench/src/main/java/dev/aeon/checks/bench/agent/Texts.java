package dev.aeon.checks.bench.agent;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.route.Routing;
import dev.aeon.apm.validate.Validator;

/** The message that is sent: a progress report. */
final class Texts {
  static final AgentIdentity SENDER = AgentIdentity.of("sender_1", AgentType.MANAGER);
  static final AgentIdentity RECEIVER = AgentIdentity.of("receiver_1", AgentType.IMPLEMENTATION);
  private static final Router ROUTER = router();

  /** Of the message as a line. */
  static final int BYTE_SIZE = routed().line().length;

  private Texts() {}

  static Payload payload() {
    return payload("Completed the research, now designing message types");
  }

  private static Payload payload(String notes) {
    return TaskUpdate.builder()
        .taskId("task_3_1")
        .status(TaskStatus.IN_PROGRESS)
        .progress(0.5)
        .notes(notes)
        .build();
  }

  static Message message() {
    return message(payload());
  }

  /** With notes of {@code noteLength} characters. */
  static Message message(int noteLength) {
    return message(payload("n".repeat(noteLength)));
  }

  private static Message message(Payload payload) {
    return Message.builder()
        .sender(SENDER)
        .receiver(RECEIVER)
        .correlationId("req_task_3_1")
        .payload(payload)
        .build();
  }

  static RoutedMessage routed() {
    Routing routing = ROUTER.route(Validator.validateOutgoing(SENDER, message()));
    return ((Routing.Routed) routing).copies().getFirst();
  }

  private static Router router() {
    Registry registry = new Registry();
    registry.register(RECEIVER);
    return new Router(registry);
  }
}
