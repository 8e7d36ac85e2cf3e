package dev.aeon.checks.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One benchmark: a line for each choice of parameters, a column for each system, ours first. */
final class BenchmarkTable {
  private static final String NOTHING = "–";

  private final List<Measurement> measurements;

  BenchmarkTable(List<Measurement> measurements) {
    this.measurements = measurements;
  }

  String text() {
    Measurement any = measurements.getFirst();
    List<String> lines = new ArrayList<>();
    lines.add("## %s (%s, %s is better)\n".formatted(any.benchmark(), any.unit(), any.better()));
    List<String> parameters = List.copyOf(any.parameters().keySet());
    List<String> systems = systems();
    lines.add(line(Stream.concat(parameters.stream(), systems.stream())));
    lines.add(line(Stream.concat(parameters.stream(), systems.stream()).map(_ -> "---")));
    bySubject().values().forEach(group -> lines.add(row(parameters, systems, group)));
    return String.join("\n", lines) + "\n";
  }

  private List<String> systems() {
    return measurements.stream()
        .sorted(Measurement.OURS_FIRST)
        .map(Measurement::system)
        .distinct()
        .toList();
  }

  private Map<String, List<Measurement>> bySubject() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(Measurement::subject, LinkedHashMap::new, Collectors.toList()));
  }

  private static String row(
      List<String> parameters, List<String> systems, List<Measurement> group) {
    Map<String, Measurement> bySystem =
        group.stream().collect(Collectors.toMap(Measurement::system, each -> each));
    Stream<String> values = parameters.stream().map(group.getFirst().parameters()::get);
    Stream<String> cells =
        systems.stream()
            .map(system -> bySystem.containsKey(system) ? cell(bySystem, system) : NOTHING);
    return line(Stream.concat(values, cells));
  }

  /** Ours with its tail; a peer's with how many times as good as it the first of ours is. */
  private static String cell(Map<String, Measurement> bySystem, String system) {
    Measurement measurement = bySystem.get(system);
    String median = Figures.text(measurement.median());
    if (measurement.isOurs()) {
      return "%s (%s)".formatted(median, Figures.text(measurement.p99()));
    }
    Measurement ours = bySystem.values().stream().min(Measurement.OURS_FIRST).orElseThrow();
    double ratio = ours.ratioTo(measurement);
    return ours.isOurs() && ratio > 0 && Double.isFinite(ratio)
        ? "**%s ×** %s".formatted(Figures.ratio(ratio), median)
        : median;
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |"));
  }
}
