package dev.aeon.checks.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one of ours is to reach, by itself or beside another.
 *
 * @param peer that the figure is divided by; none for the figure itself
 * @param bound at most where lower is better, at least where higher is
 * @param ofTail whether the 99th percentile of ours counts in place of its median
 */
public record Goal(Figure ours, Optional<Figure> peer, double bound, boolean ofTail) {

  /**
   * Which measurement; of several that differ in other parameters, the first.
   *
   * @param transport empty where the benchmark has none
   * @param byteSize 0 where it has none
   * @param inFlight 0 where it has none
   * @param producers 0 where it has none
   */
  public record Figure(
      String benchmark,
      String system,
      String transport,
      int byteSize,
      int inFlight,
      int producers) {
    /** Of a benchmark that does not say how many producers there are. */
    public Figure(String benchmark, String system, String transport, int byteSize, int inFlight) {
      this(benchmark, system, transport, byteSize, inFlight, 0);
    }

    /** Of a benchmark that does not say how many are in flight either. */
    public Figure(String benchmark, String system, String transport, int byteSize) {
      this(benchmark, system, transport, byteSize, 0);
    }

    /** The same, written by so many. */
    public Figure withProducers(int count) {
      return new Figure(benchmark, system, transport, byteSize, inFlight, count);
    }

    Optional<Measurement> in(List<Measurement> measurements) {
      return measurements.stream().filter(this::matches).min(Measurement.BY_SUBJECT);
    }

    private boolean matches(Measurement measurement) {
      return measurement.benchmark().equals(benchmark)
          && measurement.system().equals(system)
          && transport.equals(measurement.parameters().getOrDefault("transport", ""))
          && isNumber(measurement, "byteSize", byteSize)
          && isNumber(measurement, "inFlight", inFlight)
          && isNumber(measurement, "producers", producers);
    }

    private static boolean isNumber(Measurement measurement, String parameter, int value) {
      return measurement.parameters().getOrDefault(parameter, "0").equals(String.valueOf(value));
    }

    @Override
    public String toString() {
      String subject = "%s %s %s".formatted(system, benchmark, transport).strip();
      String size = byteSize == 0 ? "" : " %d B".formatted(byteSize);
      String flight = inFlight == 0 ? "" : " %d in flight".formatted(inFlight);
      String writers = producers == 0 ? "" : " %d producers".formatted(producers);
      return subject + size + flight + writers;
    }
  }

  /** Nothing where either was not measured. */
  OptionalDouble reached(List<Measurement> measurements) {
    Optional<Measurement> own = ours.in(measurements);
    Optional<Measurement> other = peer.flatMap(each -> each.in(measurements));
    if (own.isEmpty() || (peer.isPresent() && other.isEmpty())) {
      return OptionalDouble.empty();
    }
    double figure = ofTail ? own.get().p99() : own.get().median();
    return OptionalDouble.of(other.map(each -> figure / each.median()).orElse(figure));
  }

  boolean isMet(double reached, List<Measurement> measurements) {
    return ours.in(measurements).orElseThrow().better().equals("lower")
        ? reached <= bound
        : reached >= bound;
  }
}
