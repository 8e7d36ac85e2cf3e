package dev.aeon.checks.bench.messaging;

import dev.aeon.sp.Message;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqSocket;
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

/** Time of one request and its reply where both sides block on virtual, or on platform, threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ThreadKindBenchmark {
  private static final int ROUNDS = 1_000;

  @Param({"aeon-virtual", "platform"})
  public String system;

  @Param public TransportKind transport;

  private Thread.Builder threads;
  private ReqSocket req;
  private RepSocket rep;
  private Thread echo;

  @Setup
  public void connect() {
    threads = system.equals("platform") ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    req = ReqSocket.open();
    rep = RepSocket.open();
    String url = transport.newUrl();
    var _ = rep.listen(url);
    var _ = req.dial(url);
    echo = threads.start(this::answer);
  }

  private void answer() {
    try {
      while (true) {
        rep.send(rep.receive());
      }
    } catch (RuntimeException closed) {
      // The one way out: the socket was closed.
      return;
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public void roundTrips() throws InterruptedException {
    threads.start(this::ask).join();
  }

  private void ask() {
    for (int round = 0; round < ROUNDS; round++) {
      req.send(Message.allocate(64));
      req.receive().close();
    }
  }

  @TearDown
  public void close() throws InterruptedException {
    req.close();
    rep.close();
    echo.join();
  }
}
