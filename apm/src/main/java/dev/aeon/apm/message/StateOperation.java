package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** What happened to a state (section 2.4). */
public enum StateOperation implements WireNamed {
  CREATE("create"),
  UPDATE("update"),
  DELETE("delete");

  private final String wireName;

  StateOperation(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
