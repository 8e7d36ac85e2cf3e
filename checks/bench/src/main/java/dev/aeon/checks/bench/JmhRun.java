package dev.aeon.checks.bench;

import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.checks.bench.report.Measurements;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Benchmarks that JMH runs: work of one process, without threads that wait for each other. */
record JmhRun(List<Class<?>> benchmarks, boolean quick) {
  List<Measurement> run() throws RunnerException {
    return Measurements.of(new Runner(options().build()).run());
  }

  /** What an operation allocates on the heap, in bytes. */
  List<Measurement> runForAllocation() throws RunnerException {
    ChainedOptionsBuilder options = options().forks(1).addProfiler(GCProfiler.class);
    return Measurements.allocations(new Runner(options.build()).run());
  }

  private ChainedOptionsBuilder options() {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .shouldFailOnError(true)
            .jvmArgsAppend(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.seconds(1));
    benchmarks.forEach(each -> options.include("\\." + each.getSimpleName() + "\\."));
    return options;
  }
}
