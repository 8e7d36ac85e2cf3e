package dev.aeon.apm.task;

import dev.aeon.apm.schema.ErrorCode;

/** A task did not come to its end. */
public final class TaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String taskId;

  TaskException(ErrorCode code, String taskId, String detail) {
    super(code + " " + detail + ": taskId=" + taskId);
    this.code = code;
    this.taskId = taskId;
  }

  private TaskException(String message, ErrorCode code, String taskId) {
    super(message);
    this.code = code;
    this.taskId = taskId;
  }

  /** The failure of a task in an earlier life of its manager, which wrote down {@code message}. */
  static TaskException ofRecord(ErrorCode code, String taskId, String message) {
    return new TaskException(message, code, taskId);
  }

  /** E_TASK_002 to 004, or why its assignment could not be delivered. */
  public ErrorCode code() {
    return code;
  }

  public String taskId() {
    return taskId;
  }
}
