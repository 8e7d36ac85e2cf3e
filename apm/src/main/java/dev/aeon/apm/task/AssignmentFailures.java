package dev.aeon.apm.task;

import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.track.DeliveryException;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.ForwardingListener;
import dev.aeon.apm.track.TrackerListener;

/**
 * Fails the tasks whose assignments failed for good: those too that an earlier life of the manager
 * sent, and those that were acknowledged and refused after that. Passes everything on to the user's
 * listener.
 */
final class AssignmentFailures extends ForwardingListener {
  private final TaskBoard board;

  AssignmentFailures(TaskBoard board, TrackerListener next) {
    super(next);
    this.board = board;
  }

  @Override
  public void onFailure(Failure failure) {
    if (failure.message().payload() instanceof TaskAssignment assignment) {
      board
          .find(assignment.taskId())
          .filter(task -> task.agent.equals(failure.receiver()))
          .ifPresent(task -> board.fail(task, failureOf(task, failure)));
    }
    super.onFailure(failure);
  }

  private static RuntimeException failureOf(TrackedTask task, Failure failure) {
    return task.isFollowed
        ? new DeliveryException(failure.code(), failure.detail())
        : TaskException.ofRecord(failure.code(), task.taskId(), failure.detail());
  }
}
