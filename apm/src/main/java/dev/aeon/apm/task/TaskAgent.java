package dev.aeon.apm.task;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.MessageHandler;
import dev.aeon.apm.Refusal;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.ErrorSeverity;
import dev.aeon.apm.message.ErrorType;
import dev.aeon.apm.message.HandoffRequest;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An implementation agent's runtime: takes tasks one after the other, gives each to a handler, and
 * tells the manager how it ended. With channels that keep messages a task that a crash broke off
 * begins again. Thread-safe.
 */
public final class TaskAgent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskAgent.class);
  private static final int MAX_TRACE_LENGTH = 8_000;

  private final AgentIdentity self;
  private final TaskHandler handler;
  private final AgentBus bus;

  private TaskAgent(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      TaskHandler handler,
      BusOptions options) {
    Directions.expect(self, AgentType.IMPLEMENTATION);
    this.self = self;
    this.handler = handler;
    HandoffFailures failures = new HandoffFailures(handler, options.listener());
    BusOptions ours =
        options.withListener(failures).withRedriven(options.redriven().or(TaskAgent::isLastWord));
    this.bus = AgentBus.open(self, registry, channels, new Handler(), ours);
    failures.opened(bus);
  }

  /** How a task ended, which its manager must hear however long it is away. */
  private static boolean isLastWord(Message message) {
    return message.payload() instanceof TaskUpdate update && update.status().isLast();
  }

  /**
   * Opens a bus and carries out tasks that come by it; what it throws, {@link AgentBus#open} says.
   *
   * @throws IllegalArgumentException where {@code self} is no Implementation agent
   */
  public static TaskAgent open(
      AgentIdentity self,
      Registry registry,
      Channels channels,
      TaskHandler handler,
      BusOptions options) {
    return new TaskAgent(self, registry, channels, handler, options);
  }

  public AgentBus bus() {
    return bus;
  }

  /** Interrupts a running task and closes the bus. */
  @Override
  public void close() {
    bus.close();
  }

  /** What this agent does with messages. */
  private final class Handler implements MessageHandler {
    @Override
    public void handle(Message message, AgentBus ourBus) {
      if (message.payload() instanceof TaskAssignment assignment) {
        run(new Task(ourBus, message, assignment));
      }
    }

    @Override
    public Optional<Refusal> refuse(Message message) {
      return Directions.refusal(message, self).or(() -> refuseHandoff(message));
    }

    /** A task that changes hands is assigned by its manager. */
    private Optional<Refusal> refuseHandoff(Message message) {
      return message.payload() instanceof HandoffRequest request
          ? Optional.of(
              new Refusal(
                  ErrorCode.E_ROUTING_002,
                  "hand-offs go to the task's manager: taskId=" + request.taskId(),
                  false))
          : Optional.empty();
    }
  }

  private void run(Task task) {
    try {
      handler.run(task);
      if (!task.isHandedOver()) {
        task.complete();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: taskId=" + task.assignment().taskId(), e);
    } catch (Exception e) {
      LOG.warn("task failed: taskId={}", task.assignment().taskId(), e);
      task.send(report(task.assignment(), e));
      task.fail(String.valueOf(e));
    }
    task.expectSent(); // else the assignment is refused, which the manager hears
  }

  private static ErrorReport report(TaskAssignment assignment, Exception failure) {
    return ErrorReport.builder()
        .errorType(ErrorType.TASK_FAILURE)
        .errorCode(ErrorCode.E_TASK_003.name())
        .errorMessage("task failed: " + failure)
        .severity(ErrorSeverity.HIGH)
        .stackTrace(traceOf(failure))
        .recoverable(true)
        .context(JsonObject.builder().put("taskId", assignment.taskId()).build())
        .build();
  }

  private static String traceOf(Exception failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    String trace = text.toString();
    return trace.substring(0, Math.min(trace.length(), MAX_TRACE_LENGTH));
  }
}
