package dev.aeon.fleet.agent;

import dev.aeon.apm.message.ErrorReport;
import dev.aeon.apm.message.ErrorSeverity;
import dev.aeon.apm.message.ErrorType;
import dev.aeon.apm.message.TaskStatus;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.fleet.control.ControlBus;
import dev.aeon.fleet.control.ShardTask;

/** Tells the manager how a task gets on, at most four times a second. Used by one thread. */
final class TaskReporter {
  private static final long INTERVAL_NANOS = 250_000_000;

  private final ControlBus bus;
  private final ShardTask task;
  private long lastNanos = System.nanoTime();

  TaskReporter(ControlBus bus, ShardTask task) {
    this.bus = bus;
    this.task = task;
  }

  void filesDone(int count) {
    long nowNanos = System.nanoTime();
    if (nowNanos - lastNanos >= INTERVAL_NANOS) {
      lastNanos = nowNanos;
      send(
          TaskUpdate.builder()
              .taskId(task.taskId())
              .status(TaskStatus.IN_PROGRESS)
              .progress((double) count / Math.max(1, task.paths().size())));
    }
  }

  void completed(JsonObject result) {
    send(
        TaskUpdate.builder()
            .taskId(task.taskId())
            .status(TaskStatus.COMPLETED)
            .progress(1)
            .put("result", result));
  }

  private void send(TaskUpdate.Builder update) {
    bus.send(ControlBus.MANAGER_ID, task.taskId(), update.build());
  }

  void failed(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    bus.send(
        ControlBus.MANAGER_ID,
        task.taskId(),
        ErrorReport.builder()
            .errorType(ErrorType.TASK_FAILURE)
            .errorMessage(task.taskId() + " failed: " + reason)
            .severity(ErrorSeverity.CRITICAL)
            .context(JsonObject.builder().put("taskId", task.taskId()).build())
            .recoverable(false)
            .build());
  }
}
