package dev.aeon.apm.compatibility;

import dev.aeon.apm.compatibility.Finding.Level;
import java.util.Comparator;
import java.util.List;

/**
 * What a check found.
 *
 * @param findings worst first, else in the order in which they were found
 */
public record CompatibilityReport(List<Finding> findings) {
  /** Sorts the findings. */
  public CompatibilityReport {
    findings = findings.stream().sorted(Comparator.comparing(Finding::level)).toList();
  }

  /** Whether nothing stands in the way. */
  public boolean isCompatible() {
    return count(Level.BLOCKER) == 0;
  }

  public long count(Level level) {
    return findings.stream().filter(finding -> finding.level() == level).count();
  }
}
