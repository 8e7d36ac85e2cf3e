package dev.aeon.spoke.model;

import java.util.Locale;
import java.util.Set;

/** What no segment of a path may be on any system that a store or a checkout lies on. */
final class PathSegments {
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6",
          "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
          "lpt8", "lpt9");

  private PathSegments() {}

  /** Whether every system takes the segment for a plain name: no device, no dot at its end. */
  static boolean isPlain(String segment) {
    int dot = segment.indexOf('.');
    String stem = dot < 0 ? segment : segment.substring(0, dot);
    return !segment.endsWith(".") && !DEVICES.contains(stem.toLowerCase(Locale.ROOT));
  }
}
