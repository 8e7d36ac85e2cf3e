package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.JsonObjectBuilder;
import dev.aeon.apm.store.Records;
import dev.aeon.apm.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tasks of a manager and which wait for which: says which may set out, and ends those whose
 * dependencies failed. Where it has records every change is kept there, and what they held when it
 * was made is on it again. Thread-safe; completes futures outside its lock.
 */
final class TaskBoard {
  private static final Logger LOG = LoggerFactory.getLogger(TaskBoard.class);

  private final Map<String, TrackedTask> tasks = new LinkedHashMap<>();
  private final Optional<Records> records;

  TaskBoard(Optional<Records> records) {
    this.records = records;
    records.ifPresent(each -> each.list().forEach(this::restore));
  }

  private void restore(JsonObject fields) {
    try {
      TrackedTask task = TaskRecord.read(fields);
      tasks.put(task.taskId(), task);
    } catch (NoSuchElementException | IllegalArgumentException | InvalidMessageException e) {
      LOG.warn("not a task, left out: record={}", fields, e);
    }
  }

  /** Keeps what becomes of a task; with the lock held. */
  private void keep(TrackedTask task) {
    records.ifPresent(each -> each.put(TaskRecord.open(task)));
  }

  /** Lets go of the records; the board must not change any more. */
  synchronized void close() {
    records.ifPresent(Records::close);
  }

  /**
   * Adds a task; one that ended may be assigned anew.
   *
   * @throws TaskException E_TASK_002 where it is under way, E_TASK_004 where it would wait for
   *     itself
   */
  synchronized TrackedTask add(AgentIdentity agent, TaskAssignment assignment) {
    TrackedTask task = new TrackedTask(agent, assignment);
    TrackedTask present = tasks.get(task.taskId());
    if (present != null && !present.isEnded()) {
      throw new TaskException(ErrorCode.E_TASK_002, task.taskId(), "assigned already");
    }
    if (reaches(task.waitsFor(), task.taskId(), new HashSet<>())) {
      throw new TaskException(ErrorCode.E_TASK_004, task.taskId(), "would wait for itself");
    }
    if (present != null && !present.isCompleted()) {
      task.handoff = present.handoff;
    }
    keep(task);
    tasks.put(task.taskId(), task);
    return task;
  }

  private boolean reaches(Set<String> from, String goal, Set<String> seen) {
    for (String taskId : from) {
      TrackedTask task = tasks.get(taskId);
      boolean found =
          taskId.equals(goal)
              || (seen.add(taskId) && task != null && reaches(task.waitsFor(), goal, seen));
      if (found) {
        return true;
      }
    }
    return false;
  }

  synchronized Optional<TrackedTask> find(String taskId) {
    return Optional.ofNullable(tasks.get(taskId));
  }

  /** The tasks that may set out now and have not yet; each is answered once. */
  synchronized List<TrackedTask> takeReady() {
    List<TrackedTask> ready = new ArrayList<>();
    for (TrackedTask task : tasks.values()) {
      if (!task.sent && !task.isEnding && isReady(task)) {
        task.sent = true;
        ready.add(task);
      }
    }
    return ready;
  }

  /** The task's assignment is on its way, and survives from here on with the messages under way. */
  synchronized void sent(TrackedTask task) {
    if (!task.isEnding) {
      keep(task);
    }
  }

  private boolean isReady(TrackedTask task) {
    return task.waitsFor().stream().allMatch(this::isCompleted);
  }

  private boolean isCompleted(String taskId) {
    TrackedTask task = tasks.get(taskId);
    return task != null && task.isCompleted();
  }

  /** The assignment as it is sent: with what its dependencies came to, and what was left for it. */
  synchronized TaskAssignment toSend(TrackedTask task) {
    JsonObjectBuilder fields = task.assignment.fields().toBuilder();
    List<JsonObject> dependencies =
        task.assignment.dependencies().stream().map(this::withOutputs).toList();
    if (!dependencies.isEmpty()) {
      fields.putObjects("dependencies", dependencies);
    }
    task.handoff.ifPresent(left ->
        fields.put(
            "context",
            task.assignment.context().toBuilder().put(Handoff.FIELD, left.context()).build()));
    return new TaskAssignment(fields.build());
  }

  private JsonObject withOutputs(JsonObject dependency) {
    TrackedTask task = tasks.get(dependency.string("taskId"));
    return task != null && task.isCompleted() ? task.asDependency() : dependency;
  }

  /**
   * Gives a task to another agent, to be sent to it.
   *
   * @throws StoreException where that cannot be kept: nothing has changed then
   */
  synchronized void handOver(TrackedTask task, AgentIdentity agent, Handoff handoff) {
    TrackedTask before = task.copy();
    task.assignTo(agent);
    leave(task, handoff, before);
  }

  /**
   * Keeps what an agent left of a task that was not handed over.
   *
   * @throws StoreException where that cannot be kept: nothing has changed then
   */
  synchronized void leave(TrackedTask task, Handoff handoff) {
    leave(task, handoff, task.copy());
  }

  private void leave(TrackedTask task, Handoff handoff, TrackedTask before) {
    task.handoff = Optional.of(handoff);
    try {
      keep(task);
    } catch (StoreException e) {
      task.takeBack(before);
      throw e;
    }
  }

  /** Ends a task with success: written down before anybody is told. */
  void complete(TrackedTask task, TaskUpdate update) {
    if (beginEnd(task)) {
      keepEnd(task, TaskRecord.completed(task, update));
      task.completion.complete(update);
    }
  }

  /** Ends a task without success, and with it those that wait for it. */
  void fail(TrackedTask task, Throwable cause) {
    if (beginEnd(task)) {
      for (TrackedTask dependent : dependents(task.taskId())) {
        fail(
            dependent,
            new TaskException(
                ErrorCode.E_TASK_004,
                dependent.taskId(),
                "dependency failed: dependency=" + task.taskId()));
      }
      // Last: a crash before brings the news of the failure again, and with it those that wait.
      keepEnd(task, TaskRecord.failed(task, cause));
      task.completion.completeExceptionally(cause);
    }
  }

  /** Whether a task is not ended, nor being ended by another. */
  private synchronized boolean beginEnd(TrackedTask task) {
    boolean begins = !task.isEnding;
    task.isEnding = true;
    return begins;
  }

  private synchronized void keepEnd(TrackedTask task, JsonObject record) {
    try {
      records.ifPresent(each -> each.put(record));
    } catch (StoreException e) {
      task.isEnding = false; // the news of it is refused, and may come again
      throw e;
    }
  }

  /** Ends a task's future because the manager ends; the task itself goes on with the next one. */
  void abandon(TrackedTask task, Throwable cause) {
    boolean _ = task.completion.completeExceptionally(cause);
  }

  private synchronized List<TrackedTask> dependents(String taskId) {
    return tasks.values().stream()
        .filter(task -> !task.sent && !task.isEnding && task.waitsFor().contains(taskId))
        .toList();
  }

  synchronized List<TrackedTask> all() {
    return List.copyOf(tasks.values());
  }

  synchronized List<TaskView> views() {
    return tasks.values().stream().map(this::view).toList();
  }

  private TaskView view(TrackedTask task) {
    Set<String> open =
        task.waitsFor().stream().filter(taskId -> !isCompleted(taskId)).collect(Collectors.toSet());
    return new TaskView(
        task.assignment, task.agent, task.state(), open, task.handoff.map(Handoff::context));
  }
}
