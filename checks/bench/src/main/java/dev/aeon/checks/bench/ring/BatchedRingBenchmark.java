package dev.aeon.checks.bench.ring;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Records are made visible by 32 at a time, where a system can do so. */
@State(Scope.Benchmark)
public class BatchedRingBenchmark extends RingTransfer {
  public BatchedRingBenchmark() {
    super(32);
  }
}
