package dev.aeon.checks.bench.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** The results of a run, as measurements. */
public final class Measurements {
  private static final String SYSTEM = "system";
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final String BENCHMARK_SUFFIX = "Benchmark";

  private Measurements() {}

  /** In the order of their subjects. */
  public static List<Measurement> of(Collection<RunResult> results) {
    return results.stream().map(Measurements::of).sorted(Measurement.BY_SUBJECT).toList();
  }

  /** Bytes that an operation of ours allocates, as the collector's profiler counts them. */
  public static List<Measurement> allocations(Collection<RunResult> results) {
    return results.stream().map(Measurements::allocation).sorted(Measurement.BY_SUBJECT).toList();
  }

  private static Measurement allocation(RunResult result) {
    Statistics figures = result.getSecondaryResults().get(ALLOCATION).getStatistics();
    return new Measurement(
        name(result),
        "aeon",
        "B/message",
        "lower",
        figures.getPercentile(50),
        figures.getMin(),
        figures.getMax(),
        figures.getMax(),
        iterations(result),
        parameters(result));
  }

  private static Measurement of(RunResult result) {
    boolean sampled = result.getParams().getMode() == Mode.SampleTime;
    Statistics figures = result.getPrimaryResult().getStatistics();
    return new Measurement(
        name(result),
        result.getParams().getParam(SYSTEM),
        result.getPrimaryResult().getScoreUnit(),
        result.getParams().getMode() == Mode.Throughput ? "higher" : "lower",
        figures.getPercentile(50),
        figures.getMin(),
        figures.getMax(),
        figures.getPercentile(sampled ? 99 : 0),
        iterations(result),
        parameters(result));
  }

  private static String name(RunResult result) {
    String type = result.getParams().getBenchmark();
    String method = type.substring(0, type.lastIndexOf('.'));
    String simple = method.substring(method.lastIndexOf('.') + 1);
    return simple.substring(0, simple.length() - BENCHMARK_SUFFIX.length());
  }

  private static long iterations(RunResult result) {
    return result.getBenchmarkResults().stream()
        .mapToLong(each -> iterationsOf(each.getIterationResults()))
        .sum();
  }

  private static long iterationsOf(Collection<IterationResult> iterations) {
    return iterations.size();
  }

  private static Map<String, String> parameters(RunResult result) {
    Map<String, String> parameters = new TreeMap<>();
    for (String key : result.getParams().getParamsKeys()) {
      if (!key.equals(SYSTEM)) {
        parameters.put(key, result.getParams().getParam(key));
      }
    }
    return parameters;
  }
}
