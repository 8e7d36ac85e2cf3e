package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** What a state belongs to (section 2.4). */
public enum EntityType implements WireNamed {
  AGENT("agent"),
  TASK("task"),
  MEMORY_LOG("memory_log"),
  CONFIGURATION("configuration");

  private final String wireName;

  EntityType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
