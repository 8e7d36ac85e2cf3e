package dev.aeon.checks.bench.messaging;

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

/** Messages a second from a PUSH that never rests to a PULL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PipelineBenchmark {
  private static final int MESSAGES = 1_000;

  @Param public MessagingSystem system;
  @Param public TransportKind transport;

  @Param({"64", "4096", "65536"})
  public int byteSize;

  private Endpoint pulling;
  private Endpoint pushing;
  private Background feed;

  @Setup
  public void connect() {
    String url = transport.newUrl();
    pulling = system.open(Role.PULL);
    pushing = system.open(Role.PUSH);
    pulling.listen(url);
    pushing.dial(url);
    feed = new Background("feed", () -> pushing.send(byteSize));
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void receive() {
    for (int count = 0; count < MESSAGES; count++) {
      if (pulling.receive() != byteSize) {
        throw new IllegalStateException("received another size than was sent");
      }
    }
  }

  @TearDown
  public void close() throws InterruptedException {
    pushing.close();
    pulling.close();
    feed.join();
  }
}
