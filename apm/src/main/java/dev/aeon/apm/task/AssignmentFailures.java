package dev.aeon.apm.task;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.track.DeliveryKey;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.MessageState;
import dev.aeon.apm.track.TrackerListener;

/**
 * Fails the tasks whose assignments failed for good, those too that an earlier life of the manager
 * sent and nobody waits for here. Passes everything on to the user's listener.
 */
final class AssignmentFailures implements TrackerListener {
  private final TaskBoard board;
  private final TrackerListener next;

  AssignmentFailures(TaskBoard board, TrackerListener next) {
    this.board = board;
    this.next = next;
  }

  @Override
  public void onFailure(Failure failure) {
    if (failure.message().payload() instanceof TaskAssignment assignment) {
      board
          .find(assignment.taskId())
          .filter(task -> !task.isFollowed && task.agent.equals(failure.receiver()))
          .ifPresent(task -> board.fail(task, failureOf(task, failure)));
    }
    next.onFailure(failure);
  }

  private static TaskException failureOf(TrackedTask task, Failure failure) {
    return TaskException.ofRecord(failure.code(), task.taskId(), failure.detail());
  }

  @Override
  public void onState(DeliveryKey key, MessageState from, MessageState to) {
    next.onState(key, from, to);
  }

  @Override
  public void onParked(DeliveryKey key) {
    next.onParked(key);
  }

  @Override
  public void onRetry(DeliveryKey key, int retry) {
    next.onRetry(key, retry);
  }

  @Override
  public void onUnconfirmed(DeliveryKey key) {
    next.onUnconfirmed(key);
  }

  @Override
  public void onCorrelationExpired(Message message, AgentIdentity receiver) {
    next.onCorrelationExpired(message, receiver);
  }
}
