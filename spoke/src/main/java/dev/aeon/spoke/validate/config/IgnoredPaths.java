package dev.aeon.spoke.validate.config;

import java.util.Map;
import java.util.Set;

/**
 * The files and folders that are not judged, by all rules or by some; paths are relative to the
 * module's root.
 */
public record IgnoredPaths(Set<String> all, Map<String, Set<String>> byRule) {
  static final String EVERYTHING = ".";
  public static final IgnoredPaths NONE = new IgnoredPaths(Set.of(), Map.of());

  /** Whether a rule does not judge a file. */
  public boolean contains(String rule, String file) {
    return covers(all, file) || covers(byRule.getOrDefault(rule, Set.of()), file);
  }

  private static boolean covers(Set<String> paths, String file) {
    if (paths.isEmpty()) {
      return false;
    }
    if (paths.contains(file) || paths.contains(EVERYTHING)) {
      return true;
    }
    for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
      if (paths.contains(file.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }
}
