package dev.aeon.checks.bench;

import dev.aeon.checks.bench.messaging.PipelineBenchmark;
import dev.aeon.checks.bench.messaging.RoundTripBenchmark;
import dev.aeon.checks.bench.messaging.ThreadKindBenchmark;
import dev.aeon.checks.bench.ring.RingBenchmark;
import java.util.List;
import java.util.Map;

/** The benchmarks of one module. */
enum Suite {
  sp,
  psyne;

  List<Class<?>> benchmarks() {
    return switch (this) {
      case sp ->
          List.of(RoundTripBenchmark.class, PipelineBenchmark.class, ThreadKindBenchmark.class);
      case psyne -> List.of(RingBenchmark.class);
    };
  }

  /** What a quick run leaves at one value. */
  Map<String, String> quickParameters() {
    return Map.of("byteSize", "64");
  }
}
