package dev.aeon.checks.bench.ring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rings are measured at.
 *
 * @param benchmark {@code Ring}, {@code BatchedRing} or {@code ManyRing}
 * @param batch how many records a producer makes visible at a time, where a system can
 * @param producers threads that write
 */
public record RingSubject(String benchmark, int byteSize, int batch, int producers) {
  private static final int BATCH = 32;
  private static final List<String> SINGLE =
      List.of(
          "aeon",
          "aeon-vulkan",
          "aeon-processes",
          "aeon-broadcast",
          "agrona",
          "aeron",
          "jctools",
          "disruptor");
  private static final List<String> MANY = List.of("aeon", "aeon-spsc", "agrona", "jctools");

  public static RingSubject oneByOne(int byteSize) {
    return new RingSubject("Ring", byteSize, 1, 1);
  }

  public static RingSubject batched(int byteSize) {
    return new RingSubject("BatchedRing", byteSize, BATCH, 1);
  }

  public static RingSubject many(int byteSize, int producers) {
    return new RingSubject("ManyRing", byteSize, 1, producers);
  }

  static RingSubject parse(List<String> arguments) {
    return new RingSubject(
        arguments.get(0),
        Integer.parseInt(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        Integer.parseInt(arguments.get(3)));
  }

  /** What a process of {@link RingWorker} is told. */
  public List<String> arguments(String system) {
    return List.of(
        benchmark,
        Integer.toString(byteSize),
        Integer.toString(batch),
        Integer.toString(producers),
        system);
  }

  public List<String> systems() {
    return isMany() ? MANY : SINGLE;
  }

  boolean isMany() {
    return benchmark.equals("ManyRing");
  }

  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("byteSize", Integer.toString(byteSize));
    if (isMany()) {
      parameters.put("producers", Integer.toString(producers));
    }
    return parameters;
  }
}
