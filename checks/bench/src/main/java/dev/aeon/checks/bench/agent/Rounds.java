package dev.aeon.checks.bench.agent;

import dev.aeon.checks.bench.report.Measurement;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Figures of rounds as measurements. */
final class Rounds {
  private static final double NANOS_PER_MICRO = 1000;

  private Rounds() {}

  static Measurement higher(
      String benchmark,
      String system,
      String unit,
      List<Double> figures,
      Map<String, String> parameters) {
    List<Double> sorted = figures.stream().sorted().toList();
    return of(benchmark, system, unit, "higher", sorted, sorted.getFirst(), parameters);
  }

  static Measurement lower(
      String benchmark,
      String system,
      String unit,
      List<Double> figures,
      Map<String, String> parameters) {
    List<Double> sorted = figures.stream().sorted().toList();
    return of(benchmark, system, unit, "lower", sorted, sorted.getLast(), parameters);
  }

  /** All round trips together, in microseconds. */
  static Measurement times(
      String benchmark, String system, Histogram times, Map<String, String> parameters) {
    return new Measurement(
        benchmark,
        system,
        "µs",
        "lower",
        times.getValueAtPercentile(50) / NANOS_PER_MICRO,
        times.getMinValue() / NANOS_PER_MICRO,
        times.getMaxValue() / NANOS_PER_MICRO,
        times.getValueAtPercentile(99) / NANOS_PER_MICRO,
        times.getTotalCount(),
        parameters);
  }

  private static Measurement of(
      String benchmark,
      String system,
      String unit,
      String better,
      List<Double> sorted,
      double worst,
      Map<String, String> parameters) {
    return new Measurement(
        benchmark,
        system,
        unit,
        better,
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast(),
        worst,
        sorted.size(),
        parameters);
  }
}
