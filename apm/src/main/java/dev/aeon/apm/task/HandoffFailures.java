package dev.aeon.apm.task;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.ErrorSeverity;
import dev.aeon.apm.message.ErrorType;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.InvalidMessageException;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.Failure;
import dev.aeon.apm.track.ForwardingListener;
import dev.aeon.apm.track.TrackerListener;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the tasks whose hand-offs failed, by a refusal of the manager's or for want of an answer, in
 * an earlier life too: nobody carries them out any more. The manager is told by the assignment's
 * correlation, with what the hand-off said; the hand-off itself is a dead letter here.
 */
final class HandoffFailures extends ForwardingListener {
  private static final Logger LOG = LoggerFactory.getLogger(HandoffFailures.class);

  private final TaskHandler handler;
  private final CompletableFuture<AgentBus> bus = new CompletableFuture<>();

  HandoffFailures(TaskHandler handler, TrackerListener next) {
    super(next);
    this.handler = handler;
  }

  /** By which the manager is told; until then nobody is. */
  void opened(AgentBus opened) {
    bus.complete(opened);
  }

  @Override
  public void onFailure(Failure failure) {
    if (failure.message().payload() instanceof HandoffRequest request
        && failure.receiver().type() == AgentType.MANAGER) {
      CompletableFuture<Void> _ = bus.thenAccept(opened -> tell(opened, failure, request));
    }
    super.onFailure(failure);
  }

  private void tell(AgentBus opened, Failure failure, HandoffRequest request) {
    send(opened, failure, report(failure, request));
    send(
        opened,
        failure,
        TaskUpdate.builder()
            .taskId(request.taskId())
            .status(TaskStatus.FAILED)
            .progress(0)
            .notes("hand-off failed: " + failure.detail())
            .build());
    try {
      handler.handoffFailed(request, failure.code(), failure.detail());
    } catch (RuntimeException e) {
      LOG.error("handler failed: taskId={}", request.taskId(), e);
    }
  }

  /** A context that leaves no room for the report is in the dead letter alone. */
  private static void send(AgentBus opened, Failure failure, Payload payload) {
    try {
      CompletableFuture<?> _ =
          opened.send(
              opened
                  .compose(failure.receiver(), payload)
                  .correlationId(failure.message().respondsTo())
                  .build());
    } catch (InvalidMessageException e) {
      LOG.warn("cannot tell: messageId={}", failure.message().messageId(), e);
    }
  }

  private static ErrorReport report(Failure failure, HandoffRequest request) {
    return ErrorReport.builder()
        .errorType(ErrorType.TASK_FAILURE)
        .errorCode(failure.code().name())
        .errorMessage("hand-off failed: " + failure.detail())
        .severity(ErrorSeverity.HIGH)
        .recoverable(true)
        .context(JsonObject.builder().put("taskId", request.taskId()).build())
        .metadata(
            JsonObject.builder()
                .put(Handoff.FIELD, Handoff.contextOf(request, failure.message().sender()))
                .build())
        .build();
  }
}
