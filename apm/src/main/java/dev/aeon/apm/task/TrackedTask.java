package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A task of a manager's, from its assignment to its end. Guarded by its board's lock. */
final class TrackedTask {
  private static final int MAX_SHOWN_LENGTH = 128;

  final TaskAssignment assignment;
  final CompletableFuture<TaskUpdate> completion = new CompletableFuture<>();
  AgentIdentity agent;

  /** Of this assignment alone: what is said of an earlier one is not said of it (section 2.1). */
  String correlation;

  boolean sent;

  /** What the agent before left, or a hand-off that failed. */
  Optional<Handoff> handoff = Optional.empty();

  /** Whether its end is being written down, or was. */
  boolean isEnding;

  /** Whether this life of the manager sent the assignment, and hears what becomes of it. */
  boolean isFollowed;

  TrackedTask(AgentIdentity agent, TaskAssignment assignment) {
    this(agent, assignment, newCorrelation(assignment.taskId()));
  }

  TrackedTask(AgentIdentity agent, TaskAssignment assignment, String correlation) {
    this.agent = agent;
    this.assignment = assignment;
    this.correlation = correlation;
  }

  /** Says the task to people, where it is not too long for that. */
  private static String newCorrelation(String taskId) {
    String shown = taskId.length() <= MAX_SHOWN_LENGTH ? taskId + "_" : "";
    return "task_" + shown + UUID.randomUUID();
  }

  /** The task is to be assigned anew. */
  void assignTo(AgentIdentity next) {
    agent = next;
    correlation = newCorrelation(taskId());
    sent = false;
  }

  /** Whether a message of {@code sender}'s speaks of this assignment. */
  boolean isAssignedTo(AgentIdentity sender, String messageCorrelation) {
    return agent.equals(sender) && correlation.equals(messageCorrelation);
  }

  /** As it is now, for {@link #takeBack}. */
  TrackedTask copy() {
    TrackedTask copy = new TrackedTask(agent, assignment, correlation);
    copy.sent = sent;
    copy.handoff = handoff;
    return copy;
  }

  void takeBack(TrackedTask before) {
    agent = before.agent;
    correlation = before.correlation;
    sent = before.sent;
    handoff = before.handoff;
  }

  String taskId() {
    return assignment.taskId();
  }

  boolean isEnded() {
    return completion.isDone();
  }

  boolean isCompleted() {
    return completion.isDone() && !completion.isCompletedExceptionally();
  }

  boolean isFailed() {
    return isEnded() && !isCompleted();
  }

  /** Whether {@code other} is to carry it out and has not come to its end. */
  boolean isOpenAt(AgentIdentity other) {
    return !isEnded() && agent.equals(other);
  }

  TaskState state() {
    if (isCompleted()) {
      return TaskState.COMPLETED;
    }
    if (isEnded()) {
      return TaskState.FAILED;
    }
    return sent ? TaskState.ASSIGNED : TaskState.WAITING;
  }

  /** The tasks that must be completed first: those not said to be so already. */
  Set<String> waitsFor() {
    return assignment.dependencies().stream()
        .filter(dependency -> !dependency.says("status", "completed"))
        .map(dependency -> dependency.string("taskId"))
        .collect(Collectors.toSet());
  }

  /** What the task's completion gives to those who wait for it. */
  JsonObject asDependency() {
    List<String> outputs = completion.resultNow().filesModified();
    return JsonObject.builder()
        .put("taskId", taskId())
        .put("status", "completed")
        .putStrings("outputs", outputs)
        .build();
  }
}
