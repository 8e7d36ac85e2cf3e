package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** How urgent a message is (section 3.4). */
public enum Priority implements WireNamed {
  HIGH,
  NORMAL,
  LOW;

  @Override
  public String wireName() {
    return name();
  }
}
