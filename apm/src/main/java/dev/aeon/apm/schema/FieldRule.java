package dev.aeon.apm.schema;

import tools.jackson.databind.JsonNode;

/** What one field's value must be. */
@FunctionalInterface
public interface FieldRule {
  /** Adds to {@code violations} what is wrong with {@code value}, which is not absent. */
  void check(JsonNode value, String path, Violations violations);
}
