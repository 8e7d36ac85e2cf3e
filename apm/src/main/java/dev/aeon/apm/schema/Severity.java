package dev.aeon.apm.schema;

/** How bad an error of the catalog is (section 9). */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
