package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.schema.WireNamed;
import dev.aeon.apm.track.DeliveryException;

/**
 * A manager's task as it is kept: taskId, agent, state, correlation, assignment; of a completed one
 * the last update, of a failed one the error's code and detail.
 */
final class TaskRecord {
  static final String KEY = "taskId";

  private TaskRecord() {}

  /** A task that is not ended. */
  static JsonObject open(TrackedTask task) {
    return fields(task, task.sent ? TaskState.ASSIGNED : TaskState.WAITING).build();
  }

  /** A task as it is once it is completed. */
  static JsonObject completed(TrackedTask task, TaskUpdate update) {
    return fields(task, TaskState.COMPLETED).put("update", update.fields()).build();
  }

  /** A task as it is once it has failed. */
  static JsonObject failed(TrackedTask task, Throwable failure) {
    ErrorCode code =
        switch (failure) {
          case TaskException known -> known.code();
          case DeliveryException known -> known.code();
          default -> ErrorCode.E_TASK_003;
        };
    return fields(task, TaskState.FAILED)
        .put("errorCode", code.name())
        .put("detail", String.valueOf(failure.getMessage()))
        .build();
  }

  private static JsonObjectBuilder fields(TrackedTask task, TaskState state) {
    JsonObjectBuilder fields =
        JsonObject.builder()
            .put(KEY, task.taskId())
            .put("agentId", task.agent.agentId().value())
            .put("agentType", task.agent.type())
            .put("state", state.name())
            .put("correlation", task.correlation)
            .put("assignment", task.assignment.fields());
    task.handoff.ifPresent(
        each -> fields.put(Handoff.FIELD, each.context()).put("handoffId", each.messageId()));
    return fields;
  }

  /**
   * Reads a task.
   *
   * @throws java.util.NoSuchElementException where a field is missing
   * @throws IllegalArgumentException where one has no legal value
   * @throws dev.aeon.apm.schema.InvalidMessageException where its assignment is not valid
   */
  static TrackedTask read(JsonObject fields) {
    AgentType type = WireNamed.parse(AgentType.class, fields.string("agentType")).orElseThrow();
    TrackedTask task =
        new TrackedTask(
            AgentIdentity.of(fields.string("agentId"), type),
            new TaskAssignment(own(fields.object("assignment"))),
            fields.findString("correlation").orElseGet(() -> "task_" + fields.string(KEY)));
    task.handoff =
        fields
            .findObject(Handoff.FIELD)
            .map(context -> new Handoff(own(context), fields.string("handoffId")));
    switch (TaskState.valueOf(fields.string("state"))) {
      case WAITING -> {}
      case ASSIGNED -> task.sent = true;
      case COMPLETED -> task.completion.complete(new TaskUpdate(own(fields.object("update"))));
      case FAILED -> task.completion.completeExceptionally(failure(task, fields));
    }
    task.isEnding = task.isEnded();
    return task;
  }

  private static TaskException failure(TrackedTask task, JsonObject fields) {
    ErrorCode code = ErrorCode.parse(fields.string("errorCode")).orElse(ErrorCode.E_TASK_003);
    return TaskException.ofRecord(code, task.taskId(), fields.string("detail"));
  }

  /** The object by itself, without the record around it. */
  private static JsonObject own(JsonObject part) {
    return JsonObject.parse(part.toBytes());
  }
}
