package dev.aeon.apm.task;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.MessageHandler;
import dev.aeon.apm.Refusal;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.Records;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.TrackerListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A manager's runtime: assigns tasks once those they depend on are completed, follows them, and
 * moves them from agent to agent where an agent asks for it. Thread-safe.
 *
 * <p>A task ends with the TASK_UPDATE that says {@code completed} or {@code failed}; one whose
 * assignment cannot be delivered, or whose dependency failed, fails here. With {@link
 * BusOptions#withDirectory a directory} the tasks survive the manager: the next one goes on with
 * them, and {@link #find} answers their futures.
 */
public final class TaskManager implements AutoCloseable {
  /** Where a task that changed hands has its context: a field of the assignment's context. */
  static final String HANDOFF = "handoff";

  private final TaskBoard board;
  private final TaskListener listener;
  private final AgentBus bus;
  private volatile boolean closing;

  private TaskManager(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      TaskListener listener,
      BusOptions options) {
    this.listener = listener;
    this.board =
        new TaskBoard(
            options
                .directory()
                .map(
                    directory -> Records.open(directory, self.agentId(), "tasks", TaskRecord.KEY)));
    this.bus = openBus(self, registry, channels, options);
    sendReady(bus);
  }

  private AgentBus openBus(
      AgentIdentity self, Registry registry, Channels channels, BusOptions options) {
    try {
      TrackerListener failures = new AssignmentFailures(board, options.listener());
      return AgentBus.open(self, registry, channels, new Handler(), options.withListener(failures));
    } catch (RuntimeException e) {
      board.close();
      throw e;
    }
  }

  /** Opens a bus and manages tasks by it; what it throws, {@link AgentBus#open} says. */
  public static TaskManager open(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      TaskListener listener,
      BusOptions options) {
    return new TaskManager(self, registry, channels, listener, options);
  }

  public AgentBus bus() {
    return bus;
  }

  /**
   * Assigns a task: at once, or as soon as the tasks in its dependencies are completed, which need
   * not be assigned yet. The assignment then says what they came to.
   *
   * @return completes with the last update; fails with {@link TaskException}, or with {@link
   *     dev.aeon.apm.track.DeliveryException} where the agent cannot be reached. Dependents run on
   *     the manager's threads and must not block
   * @throws TaskException E_TASK_002 where the task is under way, E_TASK_004 where it would wait
   *     for itself
   */
  public CompletableFuture<TaskUpdate> assign(AgentIdentity agent, TaskAssignment assignment) {
    TrackedTask task = board.add(agent, assignment);
    sendReady(bus);
    return task.completion;
  }

  /** A task's future; empty where no task of that id was ever assigned. */
  public Optional<CompletableFuture<TaskUpdate>> find(String taskId) {
    return board.find(taskId).map(task -> task.completion);
  }

  /** All tasks, those of earlier lives too, in the order in which they were assigned. */
  public List<TaskView> tasks() {
    return board.views();
  }

  /** By {@code ourBus}: messages may come in before our own field is set. */
  private void sendReady(AgentBus ourBus) {
    board.takeReady().forEach(task -> send(ourBus, task, board.withOutputs(task)));
  }

  private void send(AgentBus ourBus, TrackedTask task, TaskAssignment assignment) {
    Message message =
        ourBus
            .compose(task.agent, assignment)
            .correlationId(task.correlation())
            .priority(Priority.HIGH)
            .build();
    task.isFollowed = true;
    CompletableFuture<Acknowledgement> sent = ourBus.send(message);
    board.sent(task);
    CompletableFuture<Void> _ =
        sent.<Void>handle((_, failure) -> {
          if (failure != null) {
            undeliverable(task, TaskBoard.causeOf(failure));
          }
          return null;
        });
  }

  /**
   * Fails the futures of tasks that are under way and closes the bus. With a directory the tasks
   * themselves go on when a manager opens again.
   */
  @Override
  public void close() {
    closing = true;
    bus.close();
    for (TrackedTask task : board.all()) {
      board.abandon(
          task, new TaskException(ErrorCode.E_TASK_003, task.taskId(), "the manager is closed"));
    }
    board.close();
  }

  private void undeliverable(TrackedTask task, Throwable cause) {
    if (closing) {
      board.abandon(task, cause);
    } else {
      board.fail(task, cause);
    }
  }

  private void onUpdate(AgentBus ourBus, AgentIdentity agent, TaskUpdate update) {
    listener.onUpdate(agent, update);
    TrackedTask task = board.find(update.taskId()).orElse(null);
    if (task == null) {
      return;
    }
    if (update.status() == TaskStatus.COMPLETED) {
      board.complete(task, update);
      sendReady(ourBus);
    } else if (update.status() == TaskStatus.FAILED) {
      String reason = update.notes().orElse("the agent says no more");
      board.fail(task, new TaskException(ErrorCode.E_TASK_003, task.taskId(), reason));
    }
  }

  private void onHandoff(AgentBus ourBus, AgentIdentity from, HandoffRequest request) {
    TrackedTask task = board.find(request.taskId()).orElse(null);
    if (task == null || task.isEnded()) {
      return;
    }
    board.reassign(task, request.targetAgent());
    listener.onHandoff(task.taskId(), from, request.targetAgent());
    JsonObject handoff =
        request.handoffContext().toBuilder()
            .put("from", from.agentId().value())
            .put("reason", request.reason())
            .build();
    TaskAssignment assignment = board.withOutputs(task);
    JsonObject context = assignment.context().toBuilder().put(HANDOFF, handoff).build();
    send(
        ourBus,
        task,
        new TaskAssignment(assignment.fields().toBuilder().put("context", context).build()));
  }

  /** What this manager does with messages. */
  private final class Handler implements MessageHandler {
    @Override
    public void handle(Message message, AgentBus ourBus) {
      switch (message.payload()) {
        case TaskUpdate update -> onUpdate(ourBus, message.sender(), update);
        case ErrorReport report -> listener.onError(message.sender(), report);
        case HandoffRequest request -> onHandoff(ourBus, message.sender(), request);
        default -> {}
      }
    }

    @Override
    public Optional<Refusal> refuse(Message message) {
      return switch (message.payload()) {
        case TaskUpdate update -> refuse(update.taskId(), message.sender());
        case HandoffRequest request -> refuse(request.taskId(), message.sender());
        default -> Optional.empty();
      };
    }

    private Optional<Refusal> refuse(String taskId, AgentIdentity sender) {
      return board.find(taskId).filter(task -> task.agent.equals(sender)).isPresent()
          ? Optional.empty()
          : Optional.of(
              new Refusal(
                  ErrorCode.E_TASK_001,
                  "not a task of this agent's: taskId=" + taskId + " agent=" + sender));
    }
  }
}
