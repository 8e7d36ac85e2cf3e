package dev.aeon.apm;

import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.EntityType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.ErrorSeverity;
import dev.aeon.apm.message.ErrorType;
import dev.aeon.apm.message.ExecutionType;
import dev.aeon.apm.message.HandoffReason;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.message.StateOperation;
import dev.aeon.apm.message.StateSync;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.route.Router;
import dev.aeon.apm.route.Routing;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.validate.Validator;
import java.time.Instant;
import java.util.List;

/** Valid agents, payloads and messages for tests. */
public final class Samples {
  public static final AgentIdentity MANAGER = AgentIdentity.of("manager_001", AgentType.MANAGER);
  public static final AgentIdentity WORKER = AgentIdentity.of("impl_001", AgentType.IMPLEMENTATION);
  public static final AgentIdentity OTHER = AgentIdentity.of("impl_002", AgentType.IMPLEMENTATION);
  public static final Instant TIME = Instant.parse("2025-11-12T10:00:00.150Z");

  private Samples() {}

  public static TaskAssignment assignment(String taskId) {
    return TaskAssignment.builder()
        .taskId(taskId)
        .taskRef("Task " + taskId)
        .taskDescription("index a shard")
        .memoryLogPath(".apm/Memory/" + taskId + ".md")
        .executionType(ExecutionType.SINGLE_STEP)
        .build();
  }

  public static TaskUpdate update(String taskId, double progress) {
    return TaskUpdate.builder()
        .taskId(taskId)
        .status(TaskStatus.IN_PROGRESS)
        .progress(progress)
        .build();
  }

  public static StateSync registration(AgentIdentity agent, String... supportedVersions) {
    return StateSync.builder()
        .entityType(EntityType.AGENT)
        .entityId(agent.agentId().value())
        .operation(StateOperation.CREATE)
        .state(
            JsonObject.builder()
                .put("protocolVersion", "1.0.0")
                .putStrings("supportedVersions", List.of(supportedVersions))
                .build())
        .syncTimestamp(TIME)
        .build();
  }

  public static ErrorReport error() {
    return ErrorReport.builder()
        .errorType(ErrorType.TASK_FAILURE)
        .errorMessage("3 failures")
        .severity(ErrorSeverity.HIGH)
        .build();
  }

  public static HandoffRequest handoff(AgentIdentity source, AgentIdentity target) {
    return HandoffRequest.builder()
        .taskId("t1")
        .reason(HandoffReason.LOAD_BALANCING)
        .sourceAgent(source)
        .targetAgent(target)
        .handoffContext(JsonObject.empty())
        .build();
  }

  public static Message message(String taskId) {
    return Message.builder()
        .sender(MANAGER)
        .receiver(WORKER)
        .correlationId("req_" + taskId)
        .payload(assignment(taskId))
        .build();
  }

  /** A delivery that notes nothing when settled. */
  public static Delivery delivery() {
    return new Delivery(new Source("test", 0), new byte[0], () -> {});
  }

  public static RoutedMessage routed(Message message) {
    Registry registry = new Registry();
    registry.register(((Receiver.One) message.receiver()).agent());
    Routing routing =
        new Router(registry).route(Validator.validateOutgoing(message.sender(), message));
    return ((Routing.Routed) routing).copies().getFirst();
  }
}
