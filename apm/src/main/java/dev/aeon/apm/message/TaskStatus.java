package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** How a task stands (section 2.3). */
public enum TaskStatus implements WireNamed {
  IN_PROGRESS("in_progress"),
  BLOCKED("blocked"),
  PENDING_REVIEW("pending_review"),
  COMPLETED("completed"),
  FAILED("failed");

  private final String wireName;

  TaskStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Whether nothing follows it: the task has come to its end. */
  public boolean isLast() {
    return this == COMPLETED || this == FAILED;
  }
}
