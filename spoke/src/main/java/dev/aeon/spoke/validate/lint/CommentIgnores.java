package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.Place;
import java.util.Arrays;
import java.util.List;

/**
 * Suppression in place: a line of the comment above an element, or above one around it, that names
 * a rule.
 */
final class CommentIgnores {
  private static final String MARK = "lint:ignore";
  private static final List<String> PREFIXES = List.of("buf:lint:ignore", "spoke:lint:ignore");
  private static final int FILE_OPTIONS = 8;

  private CommentIgnores() {}

  /** Whether a comment starts with a prefix, and so documents nothing. */
  static boolean isIgnoreLine(String line) {
    return line.startsWith(PREFIXES.get(0)) || line.startsWith(PREFIXES.get(1));
  }

  static boolean cover(String rule, Place place) {
    int[] path = place.path();
    int first = path[0] == FILE_OPTIONS ? path.length : 1;
    for (int length = first; length <= path.length; length++) {
      String comment = place.file().locations().leadingComments(Arrays.copyOf(path, length));
      if (comment.contains(MARK) && comment.lines().anyMatch(line -> names(line.strip(), rule))) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String line, String rule) {
    return PREFIXES.stream().anyMatch(prefix -> line.startsWith(prefix + " " + rule));
  }
}
