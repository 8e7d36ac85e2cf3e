package dev.aeon.checks.bench.trial;

/** What a trial counts. */
public enum Figure {
  /** Median time of one request and its reply. */
  P50("", "us", true),
  P99("p99", "us", true),
  P999("p99.9", "us", true),
  MESSAGES("", "msg/s", false),
  BYTES("bytes", "B/s", false),
  /** Processor time of the whole process, both sides together. */
  CPU("CPU", "us/msg", true),
  /** On Java's heap, both sides together. */
  ALLOCATION("allocation", "B/msg", true),
  IDLE_CPU("", "% of a core", true),
  /** Both sides together, without what the kernel holds. */
  MEMORY("memory", "B/pipe", true);

  private final String suffix;
  private final String unit;
  private final boolean lowerIsBetter;

  Figure(String suffix, String unit, boolean lowerIsBetter) {
    this.suffix = suffix;
    this.unit = unit;
    this.lowerIsBetter = lowerIsBetter;
  }

  /** The benchmark's name, for this figure of a trial of {@code kind}. */
  public String benchmark(TrialKind kind) {
    return suffix.isEmpty() ? kind.label() : kind.label() + " " + suffix;
  }

  public String unit() {
    return unit;
  }

  /** {@code lower} or {@code higher}. */
  public String better() {
    return lowerIsBetter ? "lower" : "higher";
  }
}
