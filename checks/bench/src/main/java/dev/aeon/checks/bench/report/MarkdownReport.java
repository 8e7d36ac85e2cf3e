package dev.aeon.checks.bench.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Measurements as tables with ratios to every peer, one for each benchmark. */
public final class MarkdownReport {
  private final String title;
  private final List<Measurement> measurements;
  private final List<Goal> goals;

  public MarkdownReport(String title, List<Measurement> measurements, List<Goal> goals) {
    this.title = title;
    this.measurements = measurements;
    this.goals = goals;
  }

  /** The whole page, which lies in the directory that {@code plots} are relative to. */
  public String page(String conditions, List<Path> plots) {
    String images =
        plots.stream().map(each -> "\n![](%s)\n".formatted(each)).collect(Collectors.joining());
    return "# Performance: %s\n\n%s\n\n%s%s".formatted(title, conditions, tables(), images);
  }

  /** Goals first, then a table for each benchmark. */
  public String tables() {
    return new GoalTable(goals, measurements).text()
        + byBenchmark().values().stream()
            .map(each -> new BenchmarkTable(each).text())
            .collect(Collectors.joining("\n"));
  }

  private Map<String, List<Measurement>> byBenchmark() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(Measurement::benchmark, LinkedHashMap::new, Collectors.toList()));
  }
}
