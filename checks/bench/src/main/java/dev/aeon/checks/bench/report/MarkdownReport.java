package dev.aeon.checks.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Measurements as a table with ratios to every peer, and as charts. */
public final class MarkdownReport {
  private final String title;
  private final List<Measurement> measurements;

  public MarkdownReport(String title, List<Measurement> measurements) {
    this.title = title;
    this.measurements = measurements;
  }

  /** The whole page. */
  public String page(String conditions) {
    return "# Performance: %s\n\n%s\n\n%s\n%s".formatted(title, conditions, table(), charts());
  }

  /** A line for each subject and system of ours, ratios first: above 1 is in our favour. */
  public String table() {
    List<String> lines = new ArrayList<>();
    lines.add("| ratio to peers | benchmark | system | median | p99 or worst | peers |");
    lines.add("|---|---|---|---|---|---|");
    bySubject().forEach((subject, group) -> addRows(lines, subject, group));
    return String.join("\n", lines) + "\n";
  }

  private static void addRows(List<String> lines, String subject, List<Measurement> group) {
    List<Measurement> peers = group.stream().filter(each -> !each.isOurs()).toList();
    group.stream()
        .filter(Measurement::isOurs)
        .forEach(ours -> lines.add(row(subject, ours, peers)));
  }

  private static String row(String subject, Measurement ours, List<Measurement> peers) {
    String ratios =
        peers.stream()
            .map(peer -> "%.2f × %s".formatted(ours.ratioTo(peer), peer.system()))
            .collect(Collectors.joining(", "));
    String figures =
        peers.stream()
            .map(peer -> "%s %s".formatted(peer.system(), figure(peer.median(), peer.unit())))
            .collect(Collectors.joining(", "));
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            ratios,
            subject,
            ours.system(),
            figure(ours.median(), ours.unit()),
            figure(ours.p99(), ours.unit()),
            figures);
  }

  private static String figure(double value, String unit) {
    return String.format(Locale.ROOT, value >= 1000 ? "%,.0f %s" : "%.2f %s", value, unit);
  }

  private String charts() {
    return bySubject().entrySet().stream()
        .map(each -> chart(each.getKey(), each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String chart(String subject, List<Measurement> group) {
    String systems =
        group.stream().map(Measurement::system).collect(Collectors.joining("\", \"", "\"", "\""));
    String medians =
        group.stream()
            .map(each -> String.format(Locale.ROOT, "%.2f", each.median()))
            .collect(Collectors.joining(", "));
    return """

    ```mermaid
    xychart-beta
      title "%s (%s, %s is better)"
      x-axis [%s]
      y-axis "%s"
      bar [%s]
    ```
    """
        .formatted(
            subject,
            group.getFirst().unit(),
            group.getFirst().better(),
            systems,
            group.getFirst().unit(),
            medians);
  }

  private Map<String, List<Measurement>> bySubject() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(Measurement::subject, LinkedHashMap::new, Collectors.toList()));
  }
}
