package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.schema.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A task as its manager sees it at one moment.
 *
 * @param agent who carries it out, or is to
 * @param waitsFor the tasks that it depends on and that are not completed
 * @param handoff what the agent that handed it over last left for the next; the next assignment of
 *     a task of that id says it too
 */
public record TaskView(
    TaskAssignment assignment,
    AgentIdentity agent,
    TaskState state,
    Set<String> waitsFor,
    Optional<JsonObject> handoff) {
  /** Copies the set. */
  public TaskView {
    waitsFor = Set.copyOf(waitsFor);
  }

  public String taskId() {
    return assignment.taskId();
  }
}
