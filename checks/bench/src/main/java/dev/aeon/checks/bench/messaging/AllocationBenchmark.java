package dev.aeon.checks.bench.messaging;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One message from a call to the other side, and one back where the pattern is that of requests:
 * for the collector's profiler, which counts what every thread allocates meanwhile.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AllocationBenchmark {
  private static final int BYTE_SIZE = 64;

  @Param({"inproc", "ipc", "tcp", "shm"})
  public TransportKind transport;

  @Param({"request", "pipeline"})
  public String pattern;

  private Endpoint calling;
  private Endpoint called;
  private Thread other;

  @Setup
  public void connect() {
    String url = transport.newUrl();
    Endpoints system = MessagingSystem.AEON.start(transport);
    called = system.open(isRequest() ? Role.REP : Role.PULL);
    calling = system.open(isRequest() ? Role.REQ : Role.PUSH);
    called.listen(url);
    calling.dial(url);
    other = Thread.ofPlatform().daemon().start(this::answer);
  }

  private boolean isRequest() {
    return pattern.equals("request");
  }

  private void answer() {
    boolean answers = isRequest();
    try {
      while (true) {
        int byteSize = called.receive();
        if (answers) {
          called.send(byteSize);
        }
      }
    } catch (RuntimeException closed) {
      // The one way out: the socket was closed.
      return;
    }
  }

  @Benchmark
  public int message() {
    calling.send(BYTE_SIZE);
    return isRequest() ? calling.receive() : BYTE_SIZE;
  }

  @TearDown
  public void close() throws InterruptedException {
    calling.close();
    called.close();
    other.join();
  }
}
