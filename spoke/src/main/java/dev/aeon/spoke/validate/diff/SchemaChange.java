package dev.aeon.spoke.validate.diff;

import java.util.Comparator;

/**
 * One element that differs.
 *
 * @param element what it is, in the language's word: {@code message}, {@code field} …
 * @param name its full name; a file's path; an option's name
 * @param file where it stands now, or stood where it is gone
 * @param line where it stands there, from 1; 0 where that is not known
 * @param before how it was written, in short; empty where it is new
 * @param after how it is; empty where it is gone
 */
public record SchemaChange(
    Kind kind, String element, String name, String file, int line, String before, String after)
    implements Comparable<SchemaChange> {
  private static final Comparator<SchemaChange> BY_PLACE =
      Comparator.comparing(SchemaChange::file)
          .thenComparingInt(SchemaChange::line)
          .thenComparing(SchemaChange::kind)
          .thenComparing(SchemaChange::name)
          .thenComparing(SchemaChange::element)
          .thenComparing(SchemaChange::before)
          .thenComparing(SchemaChange::after);

  /** What happened to it. */
  public enum Kind {
    REMOVED("-"),
    CHANGED("~"),
    ADDED("+");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    /** What stands before it in a list. */
    public String sign() {
      return sign;
    }
  }

  /** In one line. */
  public String text() {
    String what = kind.sign() + " " + element + " " + name;
    return switch (kind) {
      case ADDED -> after.isEmpty() ? what : what + ": " + after;
      case REMOVED -> before.isEmpty() ? what : what + ": " + before;
      case CHANGED -> what + ": " + before + " → " + after;
    };
  }

  /** Changes stand in the order of the text. */
  @Override
  public int compareTo(SchemaChange other) {
    return BY_PLACE.compare(this, other);
  }
}
