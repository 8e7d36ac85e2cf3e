package dev.aeon.apm.channel;

/**
 * A reader's finding that a channel's numbers do not follow on each other: lines that the writer
 * numbered did not reach the reader, or, where they go back, were taken out after it read them.
 *
 * @param source the line whose number was not the next
 * @param expected the number that would have been the next
 * @param found the line's number
 */
public record SequenceGap(Source source, long expected, long found) {
  /** How many lines are missing; 0 where the numbers go back. */
  public long missing() {
    return Math.max(0, found - expected);
  }

  /** For people: what it is, then {@code name=value} pairs. */
  public String describe() {
    return "sequence gap: position="
        + source.position()
        + " expected="
        + expected
        + " found="
        + found;
  }
}
