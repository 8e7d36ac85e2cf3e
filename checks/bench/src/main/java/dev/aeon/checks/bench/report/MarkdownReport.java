package dev.aeon.checks.bench.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Measurements as a table with ratios to every peer. */
public final class MarkdownReport {
  private final String title;
  private final List<Measurement> measurements;

  public MarkdownReport(String title, List<Measurement> measurements) {
    this.title = title;
    this.measurements = measurements;
  }

  /** The whole page, which lies in the directory that {@code plots} are relative to. */
  public String page(String conditions, List<Path> plots) {
    String images =
        plots.stream().map(each -> "\n![](%s)\n".formatted(each)).collect(Collectors.joining());
    return "# Performance: %s\n\n%s\n\n%s%s".formatted(title, conditions, table(), images);
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

  private Map<String, List<Measurement>> bySubject() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(Measurement::subject, LinkedHashMap::new, Collectors.toList()));
  }
}
