package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** How a task is carried out (section 2.2). */
public enum ExecutionType implements WireNamed {
  SINGLE_STEP("single-step"),
  MULTI_STEP("multi-step");

  private final String wireName;

  ExecutionType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
