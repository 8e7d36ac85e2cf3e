package dev.aeon.apm.message;

import dev.aeon.apm.schema.WireNamed;

/** Why a task changes hands (section 2.6). */
public enum HandoffReason implements WireNamed {
  CONTEXT_WINDOW_LIMIT("context_window_limit"),
  SPECIALIZATION_REQUIRED("specialization_required"),
  LOAD_BALANCING("load_balancing");

  private final String wireName;

  HandoffReason(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
