package dev.aeon.checks.bench.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A contender under a load, and what its rounds came to. */
final class Row {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String PEER = "aeon tcp";

  private final Contender contender;
  private final Load load;
  private final List<Double> roundTripNanos = new ArrayList<>();
  private final List<Double> oneWayNanos = new ArrayList<>();
  private final List<Double> cpuNanos = new ArrayList<>();
  private final List<Double> allocatedByteCounts = new ArrayList<>();

  Row(Contender contender, Load load) {
    this.contender = contender;
    this.load = load;
  }

  void measure(Namespaces namespaces, int divisor) throws IOException {
    int part = divisor * contender.share();
    Round round = new Round(namespaces, contender, load.byteSize);
    roundTripNanos.add(round.roundTripNanos(load.roundTripCount / part));
    Round.OneWay oneWay = round.oneWay(load.oneWayCount / part);
    oneWayNanos.add(oneWay.nanos());
    cpuNanos.add(oneWay.cpuNanos());
    allocatedByteCounts.add(oneWay.allocatedByteCount());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** A line for each row; ratios are to this project's tcp, and above 1 where it is beaten. */
  static String table(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append("| bytes | transport | round trip p50 µs | × tcp | one way msg/s | MB/s | × tcp")
        .append(" | CPU µs a message, both ends | × tcp | bytes allocated |\n")
        .append("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    rows.forEach(row -> text.append(row.line(row.peerAmong(rows))));
    return text.toString();
  }

  private Row peerAmong(List<Row> rows) {
    return rows.stream()
        .filter(each -> each.load == load && each.contender.name().equals(PEER))
        .findAny()
        .orElseThrow();
  }

  private String allocated() {
    double byteCount = median(allocatedByteCounts);
    return Double.isNaN(byteCount) ? "" : String.format(Locale.ROOT, "%.2f", byteCount);
  }

  private String line(Row peer) {
    double oneWay = median(oneWayNanos);
    return String.format(
        Locale.ROOT,
        "| %d | %s | %.1f | %.2f | %.0f | %.0f | %.2f | %.2f | %.2f | %s |%n",
        load.byteSize,
        contender.name(),
        median(roundTripNanos) / NANOS_PER_MICRO,
        median(peer.roundTripNanos) / median(roundTripNanos),
        NANOS_PER_SECOND / oneWay,
        load.byteSize * NANOS_PER_MICRO / oneWay,
        median(peer.oneWayNanos) / oneWay,
        median(cpuNanos) / NANOS_PER_MICRO,
        median(peer.cpuNanos) / median(cpuNanos),
        allocated());
  }
}
