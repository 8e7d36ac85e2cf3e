package dev.aeon.apm.security;

import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.Violations;

/** Refuses documents that are not of their form, so that nothing in them is left out unseen. */
final class Form {
  private Form() {}

  /**
   * Checks a document.
   *
   * @throws IllegalArgumentException where it is not of the form; says where
   */
  static void require(Schema form, JsonObject document) {
    Violations violations = new Violations(false);
    document.check(form, violations);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException("not of the form: " + violations.ordered());
    }
  }
}
