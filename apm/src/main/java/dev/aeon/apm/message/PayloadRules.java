package dev.aeon.apm.message;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violations;

/** What a payload's fields must be, alone and together. */
@FunctionalInterface
interface PayloadRules {
  String PATH = "payload";

  void check(JsonObject fields, Violations violations);

  /** Throws what is wrong, taking additions of a newer minor version. */
  default void require(JsonObject fields) {
    Violations violations = new Violations(true);
    check(fields, violations);
    violations.throwIfAny();
  }
}
