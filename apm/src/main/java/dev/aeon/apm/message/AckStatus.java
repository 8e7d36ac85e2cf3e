package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** How far a receiver got (section 2.7). */
public enum AckStatus implements WireNamed {
  RECEIVED("received"),
  PROCESSED("processed"),
  QUEUED("queued");

  private final String wireName;

  AckStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
