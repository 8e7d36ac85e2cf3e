package dev.aeon.checks.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one system did in one benchmark.
 *
 * @param benchmark what was measured
 * @param system whose; ours are {@code aeon} and {@code aeon-…}
 * @param unit of the figures
 * @param better {@code lower} or {@code higher}
 * @param median of all rounds or iterations
 * @param p99 99th percentile of samples; the worst round or iteration where such were counted
 * @param runs rounds, or iterations of all forks together
 * @param parameters the benchmark's, without the system
 */
public record Measurement(
    String benchmark,
    String system,
    String unit,
    String better,
    double median,
    double min,
    double max,
    double p99,
    long runs,
    Map<String, String> parameters) {

  /** Those that are compared with each other stand together. */
  public static final Comparator<Measurement> BY_SUBJECT =
      Comparator.comparing(Measurement::sortedSubject).thenComparing(Measurement::system);

  /** The plainest of ours, then the others of ours, then peers by name. */
  static final Comparator<Measurement> OURS_FIRST =
      Comparator.comparing(Measurement::isOurs).reversed().thenComparing(Measurement::system);

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** What rounds say, of which the worst stands for the tail. */
  public static Measurement ofRounds(
      String benchmark,
      String system,
      String unit,
      String better,
      List<Double> figures,
      Map<String, String> parameters) {
    List<Double> sorted = figures.stream().sorted().toList();
    return new Measurement(
        benchmark,
        system,
        unit,
        better,
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast(),
        better.equals("lower") ? sorted.getLast() : sorted.getFirst(),
        sorted.size(),
        parameters);
  }

  /** What is compared with each other has this in common. */
  public String subject() {
    StringBuilder subject = new StringBuilder(benchmark);
    parameters.forEach(
        (name, value) -> subject.append(", ").append(name).append(' ').append(value));
    return subject.toString();
  }

  /** Such that smaller numbers come first. */
  private String sortedSubject() {
    return NUMBER.matcher(subject()).replaceAll(number -> "%12s".formatted(number.group()));
  }

  /** How many times as good this one is as {@code other}. */
  public double ratioTo(Measurement other) {
    return better.equals("lower") ? other.median / median : median / other.median;
  }

  /** A parameter that is a number. */
  int number(String parameter) {
    return Integer.parseInt(parameters.get(parameter));
  }

  /** Costs and tails of a benchmark that has a figure of its own. */
  boolean isSecondary() {
    return benchmark.endsWith(" p99.9")
        || benchmark.endsWith(" bytes")
        || benchmark.endsWith(" CPU")
        || benchmark.endsWith(" allocation");
  }

  boolean isOurs() {
    return system.startsWith("aeon");
  }
}
