package dev.aeon.checks.bench.ring;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Each record is made visible by itself. */
@State(Scope.Benchmark)
public class RingBenchmark extends RingTransfer {
  public RingBenchmark() {
    super(1);
  }
}
