package dev.aeon.sp.cli;

import dev.aeon.sp.Message;
import dev.aeon.sp.SpClosedException;
import dev.aeon.sp.SpException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sp bench latency}: the time of a message and its answer, one at a time. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = {
      "Measures round trips, one at a time; for one-way patterns, the way from send to receive.",
      "The client measures; a server alone answers until it is ended."
    })
final class LatencyCommand implements Callable<Integer> {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Option(names = "--histogram", description = "prints every percentile, as HdrHistogram does")
  private boolean printsHistogram;

  private final Console console;

  LatencyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    options.check();
    boolean isOneWay = options.pattern.isOneWay();
    BenchOptions.refuse(
        isOneWay && options.side != BenchOptions.Side.BOTH,
        "both ends of a one-way pattern have to be in one process: pattern=" + options.pattern);
    try (BenchEnds ends = BenchEnds.open(options)) {
      if (!options.hasClient()) {
        console.text().println("answering at " + ends.url());
        answer(ends.server());
        return 0;
      }
      if (options.hasServer() && !isOneWay) {
        Thread.ofPlatform().daemon().name("sp-bench-server").start(() -> answer(ends.server()));
      }
      report(measure(ends, isOneWay ? ends.server() : ends.client()), ends.url());
    } catch (SpException e) {
      throw new FatalException(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  /** Sends everything back until the socket is closed. */
  private static void answer(Port server) {
    try {
      while (true) {
        server.send(server.receive());
      }
    } catch (SpClosedException ended) {
      // The measurement is over.
    }
  }

  private Histogram measure(BenchEnds ends, Port receiver) {
    Histogram histogram = new Histogram(HIGHEST_NANOS, SIGNIFICANT_DIGITS);
    byte[] body = new byte[options.byteSize];
    for (int i = -options.warmup; i < options.count; i++) {
      long start = System.nanoTime();
      ends.client().send(body);
      try (Message back = receiver.receive()) {
        if (i >= 0) {
          histogram.recordValue(Math.min(System.nanoTime() - start, HIGHEST_NANOS));
        }
        checkSize(back);
      }
    }
    return histogram;
  }

  private void checkSize(Message message) {
    if (message.byteSize() != options.byteSize) {
      throw new FatalException(
          "answer has another size: sent=%d received=%d"
              .formatted(options.byteSize, message.byteSize()));
    }
  }

  private void report(Histogram histogram, String url) {
    PrintStream out = console.text();
    out.printf(
        "latency pattern=%s url=%s size=%d count=%d unit=us%n",
        options.pattern, url, options.byteSize, histogram.getTotalCount());
    out.printf("%-7s %10.2f%n", "min", micros((double) histogram.getMinValue()));
    for (double each : PERCENTILES) {
      out.printf(
          "%-7s %10.2f%n",
          "p" + trimmed(each), micros((double) histogram.getValueAtPercentile(each)));
    }
    out.printf("%-7s %10.2f%n", "max", micros((double) histogram.getMaxValue()));
    out.printf("%-7s %10.2f%n", "mean", micros(histogram.getMean()));
    if (printsHistogram) {
      histogram.outputPercentileDistribution(out, 1_000.0);
    }
  }

  private static String trimmed(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }

  private static double micros(double nanos) {
    return nanos / 1_000;
  }
}
