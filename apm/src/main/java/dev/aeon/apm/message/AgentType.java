package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** What an agent is for (section 1.3). */
public enum AgentType implements WireNamed {
  MANAGER("Manager"),
  IMPLEMENTATION("Implementation"),
  AD_HOC("AdHoc");

  private final String wireName;

  AgentType(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
