package dev.aeon.apm.task;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.HandoffReason;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageBuilder;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.message.Payload;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A task while an agent carries it out. Confined to the handler's thread. */
public final class Task {
  private final AgentBus bus;
  private final Message message;
  private final TaskAssignment assignment;
  private final List<String> filesModified = new ArrayList<>();
  private double progress;
  private String notes = "";
  private boolean handedOver;

  /** What was said last. */
  private CompletableFuture<Acknowledgement> sent = new CompletableFuture<>();

  Task(AgentBus bus, Message message, TaskAssignment assignment) {
    this.bus = bus;
    this.message = message;
    this.assignment = assignment;
  }

  public TaskAssignment assignment() {
    return assignment;
  }

  /**
   * What all messages of this assignment carry, and those of no other; a hand-off has its own and
   * says in its metadata that it responds to this one (section 2.1).
   */
  public String correlation() {
    return message.correlation();
  }

  /** What another agent left for us when it handed the task over; empty where it began here. */
  public Optional<JsonObject> handoffContext() {
    return assignment.context().findObject(Handoff.FIELD);
  }

  /**
   * Says how far the task is.
   *
   * @param progress 0 to 1
   * @param currentStep what is being done now, for people
   * @throws dev.aeon.apm.schema.InvalidMessageException where {@code progress} is out of its range
   */
  public void report(double progress, String currentStep) {
    this.progress = progress;
    send(update(TaskStatus.IN_PROGRESS).currentStep(currentStep).build());
  }

  /** Says what stands in the way; the task goes on all the same. */
  public void reportBlocked(String type, String description, String severity) {
    JsonObject blocker =
        JsonObject.builder()
            .put("type", type)
            .put("description", description)
            .put("severity", severity)
            .build();
    send(update(TaskStatus.BLOCKED).blockers(List.of(blocker)).build());
  }

  /** Notes a file that the task made or changed, for the completion and those who wait for it. */
  public void addOutput(String path) {
    filesModified.add(path);
  }

  /** What the completion says to people. */
  public void setNotes(String notes) {
    this.notes = notes;
  }

  /**
   * Asks the manager to let another agent go on with the task; the handler then returns. Where the
   * manager refuses or does not answer the task fails, see {@link TaskHandler#handoffFailed}.
   *
   * @param context all that the other needs to go on
   */
  public void handOver(AgentIdentity target, HandoffReason reason, JsonObject context) {
    HandoffRequest request =
        HandoffRequest.builder()
            .taskId(assignment.taskId())
            .reason(reason)
            .sourceAgent(bus.self())
            .targetAgent(target)
            .handoffContext(context)
            .build();
    Message handoff = answer(request, "handoff_" + UUID.randomUUID()).build();
    Metadata metadata = handoff.envelope().metadata().toBuilder().respondsTo(correlation()).build();
    send(handoff.toBuilder().metadata(metadata).build());
    handedOver = true;
  }

  boolean isHandedOver() {
    return handedOver;
  }

  void complete() {
    progress = 1;
    send(update(TaskStatus.COMPLETED).build());
  }

  void fail(String reason) {
    notes = reason;
    send(update(TaskStatus.FAILED).build());
  }

  private TaskUpdate.Builder update(TaskStatus status) {
    TaskUpdate.Builder update =
        TaskUpdate.builder().taskId(assignment.taskId()).status(status).progress(progress);
    if (!notes.isEmpty()) {
      update.notes(notes);
    }
    return filesModified.isEmpty() ? update : update.filesModified(filesModified);
  }

  /**
   * Sees that what was said last is on its way: from there on it is the bus's to bring.
   *
   * @throws dev.aeon.apm.track.DeliveryException where it did not set out
   */
  void expectSent() {
    if (sent.isCompletedExceptionally()) {
      throw DeliveryException.of(sent.exceptionNow());
    }
  }

  void send(Payload payload) {
    send(answer(payload, correlation()).build());
  }

  private MessageBuilder answer(Payload payload, String correlation) {
    return bus.compose(message.sender(), payload).correlationId(correlation);
  }

  private void send(Message answer) {
    sent = bus.send(answer);
  }
}
