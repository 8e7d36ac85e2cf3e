package dev.aeon.apm.task;

import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.schema.ErrorCode;

/** What an agent does about a task. */
@FunctionalInterface
public interface TaskHandler {
  /**
   * Carries out a task. Called on the agent's dispatch thread, one task at a time; may take as long
   * as it takes. May be called again for the same task after a crash, and where the manager assigns
   * it anew.
   *
   * @throws Exception where the task failed; the manager is told, stack trace included
   * @throws InterruptedException where the agent is being closed; the task is not ended by that,
   *     and a channel that keeps messages brings it again
   */
  void run(Task task) throws Exception;

  /**
   * The manager refused to hand a task over, or did not answer. The task has failed; the manager is
   * told, with the context. Called on a thread of the bus's, which it must not block.
   */
  default void handoffFailed(HandoffRequest request, ErrorCode code, String detail) {}
}
