package dev.aeon.spoke.validate.format;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** The lines of a formatted file. */
final class Page {
  private static final int SPACES_PER_LEVEL = 2;

  private final List<String> lines = new ArrayList<>();
  private final BitSet imports = new BitSet();
  private final StringBuilder line = new StringBuilder();

  boolean isLineEmpty() {
    return line.isEmpty();
  }

  boolean isEmpty() {
    return lines.isEmpty() && line.isEmpty();
  }

  void append(String text) {
    line.append(text);
  }

  void startLine(int level, String text) {
    endLine();
    line.repeat(' ', level * SPACES_PER_LEVEL).append(text);
  }

  void endLine() {
    if (!line.isEmpty()) {
      lines.add(line.toString().stripTrailing());
      line.setLength(0);
    }
  }

  /** Ends the line with an import, which those around it are sorted with. */
  void endImport() {
    imports.set(lines.size());
  }

  /** An import with a comment behind it stays where it is. */
  void keepPlace() {
    imports.clear(lines.size());
  }

  void addBlank() {
    endLine();
    if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
      lines.add("");
    }
  }

  /** All lines, each with its end. */
  String text() {
    endLine();
    sortImports();
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private void sortImports() {
    for (int from = imports.nextSetBit(0); from >= 0; ) {
      int to = imports.nextClearBit(from);
      lines.subList(from, to).sort(Comparator.comparing(Page::importedFile));
      from = imports.nextSetBit(to);
    }
  }

  private static String importedFile(String line) {
    int quote = Math.max(line.indexOf('"'), line.indexOf('\''));
    return line.substring(quote + 1);
  }
}
