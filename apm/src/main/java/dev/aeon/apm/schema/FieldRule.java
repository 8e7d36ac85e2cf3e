package dev.aeon.apm.schema;

/** What one value must be. */
@FunctionalInterface
public interface FieldRule {
  /** Adds to {@code violations}, whose path is the value's, what is wrong with it. */
  void check(JsonIndex json, int entry, Violations violations);
}
