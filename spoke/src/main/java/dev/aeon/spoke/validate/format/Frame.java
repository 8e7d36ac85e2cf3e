package dev.aeon.spoke.validate.format;

/** What a bracket opens. */
enum Frame {
  /** Declarations, each on lines of its own; the file itself is one. */
  BODY("}"),
  /** The value of an option in the text format. */
  VALUE("}"),
  /** The same, between angle brackets. */
  ANGLE_VALUE(">"),
  /** Options of a field, or a list in the text format. */
  LIST("]"),
  /** A name of an extension, or the type of a call. */
  PARENTHESES(")"),
  /** The types of a map. */
  TYPES(">");

  private final String end;

  Frame(String end) {
    this.end = end;
  }

  String end() {
    return end;
  }

  boolean isValue() {
    return this == VALUE || this == ANGLE_VALUE;
  }

  /** Whether what stands inside stays on the lines that it was written on. */
  boolean keepsLines() {
    return isValue() || this == LIST;
  }
}
