package dev.aeon.apm.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rows of text in columns as wide as their widest cell; colours take no room. */
final class Table {
  private static final Pattern COLOR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    row(headings);
  }

  void row(String... cells) {
    rows.add(Arrays.asList(cells));
  }

  /** The rows, without spaces at their ends. */
  String text() {
    int columnCount = rows.getFirst().size();
    int[] widths = new int[columnCount];
    for (List<String> row : rows) {
      for (int column = 0; column < columnCount; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).repeat(' ', widths[column] - width(cell) + 2);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    String visible = COLOR.matcher(cell).replaceAll("");
    return visible.codePointCount(0, visible.length());
  }
}
