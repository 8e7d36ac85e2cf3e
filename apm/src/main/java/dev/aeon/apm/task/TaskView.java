package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.TaskAssignment;
import java.util.Set;

/**
 * A task as its manager sees it at one moment.
 *
 * @param agent who carries it out, or is to
 * @param waitsFor the tasks that it depends on and that are not completed
 */
public record TaskView(
    TaskAssignment assignment, AgentIdentity agent, TaskState state, Set<String> waitsFor) {
  /** Copies the set. */
  public TaskView {
    waitsFor = Set.copyOf(waitsFor);
  }

  public String taskId() {
    return assignment.taskId();
  }
}
