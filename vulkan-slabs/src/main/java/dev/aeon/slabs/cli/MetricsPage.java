package dev.aeon.slabs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples of a page in the text format of Prometheus that have at most one label, which is all
 * that a broker's have: by name, then by the label's value.
 */
record MetricsPage(Map<String, Map<String, Double>> samples) {
  static final MetricsPage EMPTY = new MetricsPage(Map.of());

  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(?:\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?<label>[^\"\\\\]*)\",?)?})?"
              + " (?<value>\\S+)(?: -?\\d+)?");
  private static final int MAX_CHARS = 1 << 24;

  /**
   * Reads a page.
   *
   * @throws MetricsPageException for a line that is none of that format
   */
  static MetricsPage parse(String page) {
    if (page.length() > MAX_CHARS) {
      throw new MetricsPageException("page is too long: charCount=" + page.length());
    }
    Map<String, Map<String, Double>> samples = new TreeMap<>();
    int lineNumber = 0;
    for (String line : page.lines().toList()) {
      lineNumber++;
      if (!line.isBlank() && !line.startsWith("#")) {
        addSample(line, lineNumber, samples);
      }
    }
    return new MetricsPage(samples);
  }

  private static void addSample(
      String line, int lineNumber, Map<String, Map<String, Double>> samples) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new MetricsPageException("line is no sample: line=%d".formatted(lineNumber));
    }
    String label = matcher.group("label");
    samples
        .computeIfAbsent(matcher.group("name"), name -> new TreeMap<>())
        .put(label == null ? "" : label, number(matcher.group("value"), lineNumber));
  }

  private static double number(String text, int lineNumber) {
    try {
      return Double.parseDouble(text.replace("Inf", "Infinity"));
    } catch (NumberFormatException none) {
      throw new MetricsPageException(
          "value is no number: line=%d value=%s".formatted(lineNumber, text));
    }
  }

  /** The value of a sample, 0 where it is not there. */
  double value(String name, String label) {
    return samples.getOrDefault(name, Map.of()).getOrDefault(label, 0.0);
  }

  /** The label's values under a name, numbers in their order. */
  List<String> labels(String name) {
    List<String> labels = new ArrayList<>(samples.getOrDefault(name, Map.of()).keySet());
    labels.sort((left, right) ->
        left.length() == right.length()
            ? left.compareTo(right)
            : Integer.compare(left.length(), right.length()));
    return labels;
  }
}
