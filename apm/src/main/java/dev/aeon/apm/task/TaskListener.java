package dev.aeon.apm.task;

import dev.aeon.apm.Refusal;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.TaskUpdate;
import java.util.Optional;

/**
 * Told how tasks get on. Called on the manager's dispatch thread, one call at a time; may block for
 * a while.
 */
public interface TaskListener {
  /** Hears nothing. */
  TaskListener NONE = new TaskListener() {};

  /** An agent says how far a task is. */
  default void onUpdate(AgentIdentity agent, TaskUpdate update) {}

  /** An agent, or this one about its own messages, says what failed. */
  default void onError(AgentIdentity agent, ErrorReport report) {}

  /**
   * Decides whether an agent may hand a task over. Where it may not the task fails, and the agent
   * is told why; what it left is in {@link TaskView#handoff}.
   *
   * @return why the hand-off is refused; empty to let the task go
   */
  default Optional<Refusal> refuseHandoff(AgentIdentity from, HandoffRequest request) {
    return Optional.empty();
  }

  /** A task went from one agent to another. */
  default void onHandoff(String taskId, AgentIdentity from, AgentIdentity to) {}
}
