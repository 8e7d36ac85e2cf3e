package dev.aeon.apm.task;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.MessageHandler;
import dev.aeon.apm.Refusal;
import dev.aeon.apm.RefusalException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.internal.Causes;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Priority;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.store.Records;
import dev.aeon.apm.store.StoreException;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.apm.track.TrackerListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(TaskManager.class);

  private final AgentIdentity self;
  private final TaskBoard board;
  private final TaskListener listener;
  private final Registry registry;
  private final boolean parks;
  private final AgentBus bus;
  private volatile boolean closing;

  private TaskManager(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      TaskListener listener,
      BusOptions options) {
    Directions.expect(self, AgentType.MANAGER);
    this.self = self;
    this.listener = listener;
    this.registry = registry;
    this.parks = options.unknownReceivers() == UnknownReceivers.PARK;
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

  /**
   * Opens a bus and manages tasks by it; what it throws, {@link AgentBus#open} says.
   *
   * @throws IllegalArgumentException where {@code self} is no Manager
   */
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
   * @throws IllegalArgumentException where {@code agent} is no Implementation agent
   */
  public CompletableFuture<TaskUpdate> assign(AgentIdentity agent, TaskAssignment assignment) {
    Directions.expect(agent, AgentType.IMPLEMENTATION);
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
    board.takeReady().forEach(task -> send(ourBus, task, board.toSend(task)));
  }

  private void send(AgentBus ourBus, TrackedTask task, TaskAssignment assignment) {
    Message message =
        ourBus
            .compose(task.agent, assignment)
            .correlationId(task.correlation)
            .priority(Priority.HIGH)
            .build();
    task.isFollowed = true;
    CompletableFuture<Acknowledgement> sent = ourBus.send(message);
    keepSent(ourBus, task);
    CompletableFuture<Void> _ =
        sent.<Void>handle((_, failure) -> {
          if (failure != null) {
            undeliverable(task, Causes.of(failure));
          }
          return null;
        });
  }

  /** Where that fails it is sent once more by the next life, should this one not see its end. */
  private void keepSent(AgentBus ourBus, TrackedTask task) {
    try {
      ourBus.force();
      board.sent(task);
    } catch (StoreException e) {
      LOG.warn("sent, and not kept as sent: taskId={}", task.taskId(), e);
    }
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

  /** Where no storage says that it failed the next life sends it. */
  private void undeliverable(TrackedTask task, Throwable cause) {
    if (closing) {
      board.abandon(task, cause);
      return;
    }
    try {
      board.fail(task, cause);
    } catch (StoreException e) {
      cause.addSuppressed(e);
      board.abandon(task, cause);
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

  private void onHandoff(AgentBus ourBus, Message message, HandoffRequest request) {
    TrackedTask task = board.find(request.taskId()).orElse(null);
    AgentIdentity from = message.sender();
    String messageId = message.messageId().value();
    if (task == null || task.isEnded() || task.handoff.filter(e -> e.isBy(messageId)).isPresent()) {
      return;
    }
    Handoff handoff = new Handoff(Handoff.contextOf(request, from), messageId);
    Optional<Refusal> refusal =
        unreachable(request.targetAgent()).or(() -> listener.refuseHandoff(from, request));
    if (refusal.isPresent()) {
      refuseHandoff(task, handoff, refusal.get());
    }
    board.handOver(task, request.targetAgent(), handoff);
    listener.onHandoff(task.taskId(), from, request.targetAgent());
    sendReady(ourBus);
  }

  /** The agent let go of the task, and nobody takes it over: it is at its end. */
  private void refuseHandoff(TrackedTask task, Handoff handoff, Refusal refusal) {
    board.leave(task, handoff);
    board.fail(
        task,
        new TaskException(refusal.code(), task.taskId(), "hand-off refused: " + refusal.reason()));
    throw new RefusalException(refusal);
  }

  private Optional<Refusal> unreachable(AgentIdentity target) {
    if (target.type() != AgentType.IMPLEMENTATION) {
      return Optional.of(
          new Refusal(
              ErrorCode.E_ROUTING_002, "no Implementation agent: targetAgent=" + target, false));
    }
    Optional<AgentIdentity> known = registry.find(target.agentId());
    if (known.isEmpty() && !parks) {
      return Optional.of(
          new Refusal(ErrorCode.E_ROUTING_001, "no such agent: targetAgent=" + target));
    }
    return known
        .filter(agent -> !agent.equals(target))
        .map(agent ->
            new Refusal(
                ErrorCode.E_ROUTING_002,
                "not the agent's type: targetAgent=" + target + " registered=" + agent));
  }

  /** An agent's report of a hand-off that failed has what it left of the task. */
  private void onError(AgentIdentity agent, ErrorReport report) {
    Optional<JsonObject> left =
        report.metadata().flatMap(metadata -> metadata.findObject(Handoff.FIELD));
    Optional<TrackedTask> task =
        report.context().flatMap(context -> context.findString("taskId")).flatMap(board::find);
    if (left.isPresent() && task.filter(each -> each.isOpenAt(agent)).isPresent()) {
      board.leave(task.get(), new Handoff(left.get(), ""));
    }
    listener.onError(agent, report);
  }

  /** What this manager does with messages. */
  private final class Handler implements MessageHandler {
    @Override
    public void handle(Message message, AgentBus ourBus) {
      switch (message.payload()) {
        case TaskUpdate update -> onUpdate(ourBus, message.sender(), update);
        case ErrorReport report -> onError(message.sender(), report);
        case HandoffRequest request -> onHandoff(ourBus, message, request);
        default -> {}
      }
    }

    @Override
    public Optional<Refusal> refuse(Message message) {
      return Directions.refusal(message, self).or(() -> refuseStrange(message));
    }

    private Optional<Refusal> refuseStrange(Message message) {
      return switch (message.payload()) {
        case TaskUpdate update -> refuse(update.taskId(), message);
        case HandoffRequest request -> refuse(message, request);
        default -> Optional.empty();
      };
    }

    /** A copy of the one that was followed is no surprise, though the task is another's by now. */
    private Optional<Refusal> refuse(Message message, HandoffRequest request) {
      Optional<TrackedTask> task = board.find(request.taskId());
      String messageId = message.messageId().value();
      if (task.flatMap(each -> each.handoff).filter(each -> each.isBy(messageId)).isPresent()
          && !task.get().isFailed()) {
        return Optional.empty();
      }
      if (task.filter(TrackedTask::isEnded).isPresent()) {
        return Optional.of(
            new Refusal(ErrorCode.E_TASK_001, "the task has ended: taskId=" + request.taskId()));
      }
      return saysNoAssignment(message)
              && task.filter(each -> each.isOpenAt(message.sender())).isPresent()
          ? Optional.empty()
          : refuse(request.taskId(), message);
    }

    /** Agents of others' making have a new correlation too, and may say no more. */
    private static boolean saysNoAssignment(Message handoff) {
      return handoff.envelope().metadata().respondsTo().isEmpty();
    }

    private Optional<Refusal> refuse(String taskId, Message message) {
      AgentIdentity sender = message.sender();
      String correlation = message.respondsTo();
      return board.find(taskId).filter(task -> task.isAssignedTo(sender, correlation)).isPresent()
          ? Optional.empty()
          : Optional.of(
              new Refusal(
                  ErrorCode.E_TASK_001,
                  "not assigned to this agent by this correlation: taskId="
                      + taskId
                      + " agent="
                      + sender
                      + " correlation="
                      + correlation));
    }
  }
}
