package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** How bad a reported error is (section 2.5). */
public enum ErrorSeverity implements WireNamed {
  CRITICAL("critical"),
  HIGH("high"),
  MEDIUM("medium"),
  LOW("low");

  private final String wireName;

  ErrorSeverity(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
