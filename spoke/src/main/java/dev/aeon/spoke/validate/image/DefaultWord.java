package dev.aeon.spoke.validate.image;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the word {@code default} in front of a field's default value. The compiler tells where the
 * value stands alone, while for every other option it tells where the whole of it does.
 */
final class DefaultWord {
  private static final String WORD = "default";

  private DefaultWord() {}

  static Place widen(Place value) {
    Location location = value.location();
    int[] start = find(value.file().source().lines().toList(), location);
    return start == null
        ? value
        : new Place(
            value.file(),
            value.path(),
            new Location(start[0], start[1], location.endLine(), location.endColumn()));
  }

  /** The line and column of the word, or null where only blanks and the sign do not lie between. */
  private static int @Nullable [] find(List<String> lines, Location value) {
    if (value.startLine() > lines.size()) {
      return null;
    }
    int line = value.startLine();
    String before = upToColumn(lines.get(line - 1), value.startColumn());
    boolean hasSign = false;
    while (true) {
      String text = before.stripTrailing();
      if (!hasSign && text.endsWith("=")) {
        hasSign = true;
        before = text.substring(0, text.length() - 1);
      } else if (hasSign && text.endsWith(WORD)) {
        return new int[] {line, text.length() - WORD.length() + 1};
      } else if (text.isEmpty() && line > 1) {
        line--;
        before = lines.get(line - 1);
      } else {
        return null;
      }
    }
  }

  /** Columns count a tab as going to the next multiple of eight. */
  private static String upToColumn(String line, int column) {
    int width = 0;
    int index = 0;
    while (index < line.length() && width < column - 1) {
      width = line.charAt(index) == '\t' ? width + 8 - width % 8 : width + 1;
      index++;
    }
    return line.substring(0, index);
  }
}
