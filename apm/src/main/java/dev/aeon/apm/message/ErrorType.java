package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** What failed (section 2.5); a newer minor version may say more than these. */
public enum ErrorType implements WireNamed {
  TASK_FAILURE("TaskFailure"),
  VALIDATION_ERROR("ValidationError"),
  SYSTEM_ERROR("SystemError"),
  DEPENDENCY_ERROR("DependencyError");

  private final String wireName;

  ErrorType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
