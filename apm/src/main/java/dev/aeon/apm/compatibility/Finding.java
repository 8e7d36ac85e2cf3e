package dev.aeon.apm.compatibility;

/**
 * One thing that a check found.
 *
 * @param subject whom or what it is about: an agent, a pair of agents, a place in a schema
 * @param detail for people
 */
public record Finding(Level level, String subject, String detail) {
  /** How bad it is, worst first. */
  public enum Level {
    /** Somebody who understood others would not any more. */
    BLOCKER,
    /** Nothing breaks, but somebody is left behind or has to look. */
    WARNING,
    /** Good to know. */
    NOTE
  }

  @Override
  public String toString() {
    return level + " " + subject + ": " + detail;
  }
}
