package dev.aeon.apm.task;

/** How far a manager's task is. */
public enum TaskState {
  /** It waits for the tasks that it depends on. */
  WAITING,
  /** Its assignment was sent. */
  ASSIGNED,
  /** Its agent completed it. */
  COMPLETED,
  /** Its agent, or what it depends on, failed, or it could not be assigned. */
  FAILED
}
