package dev.aeon.checks.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The outcomes of a run; written as Markdown tables when it ends, as lines before. */
final class InteropReport implements AutoCloseable {
  private static final Path FOLDER = Path.of("target");

  private final Map<String, Map<String, Map<String, String>>> tables = new LinkedHashMap<>();

  synchronized void note(String table, String row, String column, String outcome) {
    tables
        .computeIfAbsent(table, unknown -> new LinkedHashMap<>())
        .computeIfAbsent(row, unknown -> new LinkedHashMap<>())
        .put(column, outcome);
    append("%-46s %-48s %-22s %s%n".formatted(table, row, column, outcome));
  }

  /** At once, so that a run that never ends shows where. */
  private static void append(String line) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve("interop-table.txt"),
          line,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    Files.createDirectories(FOLDER);
    String markdown =
        tables.entrySet().stream()
            .sorted(Comparator.comparingInt(table -> -table.getValue().size()))
            .map(table -> markdown(table.getKey(), table.getValue()))
            .collect(Collectors.joining("\n"));
    Files.writeString(FOLDER.resolve("interop-table.md"), markdown);
  }

  private static String markdown(String title, Map<String, Map<String, String>> rows) {
    Set<String> columns = new LinkedHashSet<>();
    rows.values().forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder("## %s%n%n".formatted(title));
    text.append(line("", columns));
    text.append(line("---", columns.stream().map(each -> "---").toList()));
    rows.forEach((name, row) ->
        text.append(
            line(name, columns.stream().map(each -> row.getOrDefault(each, "–")).toList())));
    return text.toString();
  }

  private static String line(String first, Iterable<String> rest) {
    return "| " + first + " | " + String.join(" | ", rest) + " |\n";
  }
}
