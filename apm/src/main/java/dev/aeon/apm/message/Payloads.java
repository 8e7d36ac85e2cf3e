package dev.aeon.apm.message;

import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Violations;

/** Checks payloads that are made alone, before there is a message around them. */
final class Payloads {
  private Payloads() {}

  /** Throws what is wrong, taking additions of a newer minor version. */
  static void require(JsonObject fields, FieldRule rules) {
    Violations violations = new Violations(true);
    violations.enter("payload");
    fields.check(rules, violations);
    violations.throwIfAny();
  }
}
