package dev.aeon.checks.bench.broker;

import com.sun.management.OperatingSystemMXBean;
import dev.aeon.slabs.broker.Broker;
import dev.aeon.slabs.broker.BrokerOptions;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.ServerSocket;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.ChannelKey;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.WaitStrategy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Measures sockets and brokers within one process, and writes a page of it. */
public final class BrokerBench {
  private static final int WINDOW_COUNT = 256;
  private static final double NANOS_PER_MICRO = 1_000;

  private final long runNanos;
  private final StringBuilder page = new StringBuilder();
  private long wrongCount;

  private BrokerBench(boolean quick) {
    this.runNanos = TimeUnit.MILLISECONDS.toNanos(quick ? 1_000 : 5_000);
  }

  public static void main(String[] arguments) throws IOException {
    boolean quick = Arrays.asList(arguments).contains("--quick");
    BrokerBench bench = new BrokerBench(quick);
    bench.run(quick);
    System.out.print(bench.page);
    Files.createDirectories(Path.of("docs/performance"));
    Files.writeString(Path.of("docs/performance/broker.md"), bench.page);
    System.exit(bench.wrongCount == 0 ? 0 : 1);
  }

  private void run(boolean quick) {
    page.append("# Sockets and brokers\n\n")
        .append(
            "Written by `scripts/bench-broker%s` on %d processors, Java %s. One client asks, %d"
                    .formatted(
                        quick ? " --quick" : "",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        WINDOW_COUNT)
                + " questions at a time for throughput and one at a time for the round trip; each"
                + " answer is checked whole and for its order within its key.\n\n")
        .append("| between | bytes | answers/s | round trip p50 µs | p99 µs |\n")
        .append("|---|---:|---:|---:|---:|\n");
    for (int byteSize : new int[] {64, 1024}) {
      Histogram direct = direct("client and server", byteSize, ConnectionOptions.DEFAULT);
      ConnectionOptions sealed = ConnectionOptions.DEFAULT.withKey(ChannelKey.generate());
      direct("client and server, sealed", byteSize, sealed);
      brokered(1, byteSize, direct);
      brokered(4, byteSize, direct);
    }
    resized();
    page.append("\nWhat a broker, four workers and a client cost that have nothing to do:\n\n")
        .append("| they wait by | processor time a second, ms |\n|---|---:|\n");
    idle(WaitStrategy.PARK);
    idle(WaitStrategy.WAKE_UP);
    page.append("\nAnswers that were wrong, lost or out of order: %d.\n".formatted(wrongCount));
  }

  private Histogram direct(String name, int byteSize, ConnectionOptions connection) {
    SocketOptions options = SocketOptions.DEFAULT.withConnection(connection);
    try (ServerSocket server = Socket.bind("inproc://bench", options);
        ClientSocket client = Socket.connect(server.address(), options)) {
      server.serve(request -> request.tryReply(request.asSegment()));
      return measure(name, client, byteSize);
    }
  }

  private void brokered(int shardCount, int byteSize, Histogram direct) {
    try (Broker broker = Broker.bind("inproc://bench")) {
      start(broker, shardCount);
      try (ClientSocket client = Socket.connect(broker.clientUrl())) {
        String name =
            "client, broker and %d %s"
                .formatted(shardCount, shardCount == 1 ? "worker" : "workers");
        Histogram brokered = measure(name, client, byteSize);
        page.append(
            "| … added by each of the broker's two hops | %d | | %s | %s |\n"
                .formatted(
                    byteSize, hopMicros(50, brokered, direct), hopMicros(99, brokered, direct)));
      }
    }
  }

  /** Half of what a percentile of round trips has grown by; noise where it has not grown. */
  private static String hopMicros(double percentile, Histogram brokered, Histogram direct) {
    double grown = micros(percentile, brokered) - micros(percentile, direct);
    return grown > 0 ? number(grown / 2) : "–";
  }

  private static double micros(double percentile, Histogram nanos) {
    return nanos.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }

  /** Throughput, then round trips one at a time, which it returns. */
  private Histogram measure(String name, ClientSocket client, int byteSize) {
    Course busy = new Course(client, byteSize, WINDOW_COUNT);
    busy.run(runNanos / 2);
    double perSecond = busy.run(runNanos);
    Course calm = new Course(client, byteSize, 1);
    calm.run(runNanos / 4);
    calm.takeNanos();
    calm.run(runNanos / 2);
    Histogram nanos = calm.takeNanos();
    wrongCount += busy.wrongCount() + calm.wrongCount();
    page.append(
        "| %s | %d | %s | %s | %s |\n"
            .formatted(
                name,
                byteSize,
                String.format(Locale.ROOT, "%,.0f", perSecond),
                number(micros(50, nanos)),
                number(micros(99, nanos))));
    return nanos;
  }

  /** One worker, then four, then two, while the client goes on asking. */
  private void resized() {
    try (Broker broker = Broker.bind("inproc://bench")) {
      start(broker, 1);
      try (ClientSocket client = Socket.connect(broker.clientUrl())) {
        Course course = new Course(client, 64, WINDOW_COUNT);
        Thread resizer = Thread.ofPlatform().daemon().start(() -> resize(broker));
        course.run(3 * runNanos);
        join(resizer);
        wrongCount += course.wrongCount();
        Histogram nanos = course.takeNanos();
        page.append(
            "\nFrom one worker to four to two while %,d questions of 64 bytes were asked: %d wrong, lost or out of order within their key; slowest round trip %s µs.\n"
                .formatted(
                    course.answeredCount(),
                    course.wrongCount(),
                    number(nanos.getMaxValue() / NANOS_PER_MICRO)));
      }
    }
  }

  private void resize(Broker broker) {
    LockSupport.parkNanos(runNanos);
    start(broker, 3);
    LockSupport.parkNanos(runNanos);
    broker.retireTo(2);
  }

  /** The whole process's time, after all have gone to sleep. */
  private void idle(WaitStrategy waiting) {
    ConnectionOptions connection = ConnectionOptions.DEFAULT.withWaiting(waiting);
    SocketOptions options = SocketOptions.DEFAULT.withConnection(connection);
    BrokerOptions brokerOptions = BrokerOptions.DEFAULT.withConnection(connection);
    try (Broker broker = Broker.bind("inproc://bench", "inproc://bench-workers", brokerOptions)) {
      start(broker, 4, options);
      try (ClientSocket client = Socket.connect(broker.clientUrl(), options)) {
        client.call().send().join();
        LockSupport.parkNanos(runNanos);
        double before = processorSeconds();
        long begin = System.nanoTime();
        LockSupport.parkNanos(runNanos);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double millis = (processorSeconds() - before) * 1e3 / seconds;
        page.append("| `%s` | %s |\n".formatted(waiting, number(millis)));
      }
    }
  }

  private static double processorSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void start(Broker broker, int count) {
    start(broker, count, SocketOptions.DEFAULT);
  }

  private static void start(Broker broker, int count, SocketOptions options) {
    int before = broker.statistics().shards().size();
    for (int i = 0; i < count; i++) {
      Worker.connect(broker.workerUrl(), request -> request.tryReply(request.asSegment()), options);
    }
    while (broker.statistics().shards().size() < before + count) {
      Thread.onSpinWait();
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
