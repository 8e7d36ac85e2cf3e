package dev.aeon.checks.bench.ring;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Records a second through a ring, from a thread that never rests to the one that measures; every
 * payload is written in full, read in full and checked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public abstract class RingTransfer {
  private static final int RECORDS = 10_000;

  @Param({
    "aeon",
    "aeon-vulkan",
    "aeon-processes",
    "aeon-broadcast",
    "agrona",
    "aeron",
    "jctools",
    "disruptor"
  })
  public String system;

  @Param({"64", "1024"})
  public int byteSize;

  private final int batch;
  private Ring ring;
  private Thread producer;
  private volatile boolean stopping;

  /**
   * @param batch how many records the producer makes visible at a time
   */
  RingTransfer(int batch) {
    this.batch = batch;
  }

  @Setup
  public void start() {
    ring = Ring.open(system, byteSize, batch);
    Thread.Builder thread = Thread.ofPlatform().name("producer").daemon();
    producer = ring.isWrittenElsewhere() ? thread.start(() -> {}) : thread.start(this::produce);
  }

  private void produce() {
    long sequence = 0;
    while (!stopping) {
      sequence = produceSome(sequence);
    }
  }

  /** A method of its own, so that the compiler sees it hot. */
  private long produceSome(long sequence) {
    int offered = ring.offer(sequence, batch);
    if (offered == 0) {
      Thread.onSpinWait();
    }
    return sequence + offered;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void transfer() {
    int left = RECORDS;
    while (left > 0) {
      int count = ring.drain(left);
      left -= count;
      if (count == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @TearDown
  public void stop() throws InterruptedException {
    stopping = true;
    producer.join();
    ring.close();
  }
}
