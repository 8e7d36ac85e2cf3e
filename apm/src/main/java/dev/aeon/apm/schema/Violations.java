package dev.aeon.apm.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one message. Confined to one thread. */
public final class Violations {
  private static final int LIMIT = 100;

  private final List<Violation> found = new ArrayList<>();
  private final boolean newerMinor;

  /**
   * Starts empty.
   *
   * @param newerMinor whether the message speaks a newer minor version, whose additions are
   *     accepted unread (section 5.2)
   */
  public Violations(boolean newerMinor) {
    this.newerMinor = newerMinor;
  }

  public boolean isNewerMinor() {
    return newerMinor;
  }

  /** Notes a violation; past the hundredth they are dropped, so that no message makes us hoard. */
  public void add(ErrorCode code, String path, String detail) {
    if (found.size() < LIMIT) {
      found.add(new Violation(path, code, detail));
    }
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, in the catalog's reporting order. */
  public List<Violation> ordered() {
    return found.stream().sorted(Comparator.comparing(Violation::code)).toList();
  }

  /**
   * Ends the check.
   *
   * @throws InvalidMessageException where anything was found
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidMessageException(ordered());
    }
  }
}
