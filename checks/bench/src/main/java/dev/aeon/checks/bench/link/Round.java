package dev.aeon.checks.bench.link;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** One trial of one contender: two processes, from start to end. */
final class Round {
  private final Namespaces namespaces;
  private final Contender contender;
  private final int byteSize;

  Round(Namespaces namespaces, Contender contender, int byteSize) {
    this.namespaces = namespaces;
    this.contender = contender;
    this.byteSize = byteSize;
  }

  /** The half of all round trips that took no longer, in nanoseconds. */
  double roundTripNanos(int count) throws IOException {
    try (Ends ends = new Ends("pong", "ping", count)) {
      return ends.said(ends.dialing).get("p50Nanos");
    }
  }

  /**
   * How long a message takes while they come one after another.
   *
   * @param nanos from one message to the next
   * @param cpuNanos of both processes
   * @param allocatedByteCount by both processes; not a number where they have no collector
   */
  record OneWay(double nanos, double cpuNanos, double allocatedByteCount) {}

  OneWay oneWay(int count) throws IOException {
    try (Ends ends = new Ends("pull", "push", count)) {
      Map<String, Double> pulled = ends.said(ends.listening);
      Map<String, Double> pushed = ends.said(ends.dialing);
      return new OneWay(
          pulled.get("nanos"),
          sum(pulled, pushed, "cpuNanos"),
          sum(pulled, pushed, "allocatedBytes"));
    }
  }

  private static double sum(Map<String, Double> left, Map<String, Double> right, String key) {
    return left.getOrDefault(key, Double.NaN) + right.getOrDefault(key, Double.NaN);
  }

  /** Both processes; ended with {@link #close}. */
  private final class Ends implements AutoCloseable {
    private final Process listening;
    private final Process dialing;

    Ends(String listener, String dialer, int count) throws IOException {
      listening = namespaces.startRight(contender.command(listener, byteSize, count));
      String first = listening.inputReader().readLine();
      if (!"listening".equals(first)) {
        listening.destroy();
        throw new IOException("%s does not listen".formatted(contender.name()));
      }
      dialing = namespaces.startLeft(contender.command(dialer, byteSize, count));
    }

    private Map<String, Double> said(Process process) throws IOException {
      String line = process.inputReader().readLine();
      if (line == null) {
        throw new IOException("%s ended without a word".formatted(contender.name()));
      }
      Map<String, Double> values = new TreeMap<>();
      for (String pair : line.split(" ", -1)) {
        int equals = pair.indexOf('=');
        values.put(pair.substring(0, equals), Double.valueOf(pair.substring(equals + 1)));
      }
      return values;
    }

    @Override
    public void close() {
      for (Process each : new Process[] {dialing, listening}) {
        each.destroyForcibly();
        var _ = each.onExit().join();
      }
    }
  }
}
