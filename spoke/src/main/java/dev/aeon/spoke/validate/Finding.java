package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.validate.image.Location;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a rule found.
 *
 * @param file the path within the module, or empty where a whole file or package is gone
 * @param location where in the file, or null for the file as a whole
 */
public record Finding(String rule, String file, @Nullable Location location, String message)
    implements Comparable<Finding> {
  private static final Location START = new Location(1, 1, 1, 1);
  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::file)
          .thenComparingInt(finding -> finding.start().startLine())
          .thenComparingInt(finding -> finding.start().startColumn())
          .thenComparing(Finding::rule)
          .thenComparing(Finding::message)
          .thenComparingInt(finding -> finding.start().endLine())
          .thenComparingInt(finding -> finding.start().endColumn());

  private Location start() {
    return location == null ? START : location;
  }

  /** The same as a violation, which a push is refused with. */
  public Violation toViolation() {
    return location == null
        ? new Violation(file, 0, 0, rule, message)
        : new Violation(file, location.startLine(), location.startColumn(), rule, message);
  }

  /** Findings stand in the order of the text. */
  @Override
  public int compareTo(Finding other) {
    return BY_PLACE.compare(this, other);
  }
}
