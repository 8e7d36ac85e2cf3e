package dev.aeon.checks.bench.ring;

import java.util.ArrayList;
import java.util.List;
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
 * Records a second from several threads that never rest to the one that measures: one ring for all,
 * or one for each. All yield where they find no room or no record.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ManyRingBenchmark {
  private static final int RECORDS = 10_000;

  @Param({"aeon", "aeon-spsc", "agrona", "jctools"})
  public String system;

  @Param("64")
  public int byteSize;

  @Param({"1", "2", "4", "8"})
  public int producers;

  private final List<Thread> threads = new ArrayList<>();
  private ManyRing ring;
  private volatile boolean stopping;

  @Setup
  public void start() {
    ring = ManyRing.open(system, byteSize, producers);
    for (int producer = 0; producer < producers; producer++) {
      int number = producer;
      threads.add(Thread.ofPlatform().daemon().start(() -> produce(number)));
    }
  }

  private void produce(int producer) {
    long sequence = 0;
    while (!stopping) {
      sequence = produceSome(producer, sequence);
    }
  }

  /** A method of its own, so that the compiler sees it hot. */
  private long produceSome(int producer, long sequence) {
    if (ring.offer(producer, sequence)) {
      return sequence + 1;
    }
    letOthersRun();
    return sequence;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void transfer() {
    int left = RECORDS;
    while (left > 0) {
      int count = ring.drain(left);
      left -= count;
      if (count == 0) {
        letOthersRun();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // more threads than processors
  private static void letOthersRun() {
    Thread.yield();
  }

  @TearDown
  public void stop() throws InterruptedException {
    stopping = true;
    for (Thread each : threads) {
      each.join();
    }
    ring.close();
  }
}
