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

/** Time of one request and its reply, between two threads that block. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RoundTripBenchmark {
  @Param public MessagingSystem system;
  @Param public TransportKind transport;

  @Param({"64", "4096", "65536"})
  public int byteSize;

  private Endpoint asking;
  private Endpoint answering;
  private Background echo;

  @Setup
  public void connect() {
    String url = transport.newUrl();
    answering = system.open(Role.REP);
    asking = system.open(Role.REQ);
    answering.listen(url);
    asking.dial(url);
    echo = new Background("echo", () -> answering.send(answering.receive()));
  }

  @Benchmark
  public int roundTrip() {
    asking.send(byteSize);
    return asking.receive();
  }

  @TearDown
  public void close() throws InterruptedException {
    asking.close();
    answering.close();
    echo.join();
  }
}
