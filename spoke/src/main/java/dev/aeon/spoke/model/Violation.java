package dev.aeon.spoke.model;

/**
 * One broken rule of a schema.
 *
 * @param file the path within the module, or empty where the violation has no file
 * @param line from 1, or 0 where it has no line
 * @param column from 1, or 0 where it has no column
 */
public record Violation(String file, int line, int column, String rule, String message) {
  @Override
  public String toString() {
    String place =
        file.isEmpty() ? "" : line == 0 ? file + ": " : file + ":" + line + ":" + column + ": ";
    return place + message + " [" + rule + "]";
  }
}
