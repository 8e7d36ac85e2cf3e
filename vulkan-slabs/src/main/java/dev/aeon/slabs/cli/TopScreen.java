package dev.aeon.slabs.cli;

import java.util.Locale;

/** Draws what {@code psyne top} shows. */
final class TopScreen {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final int BAR_CHARS = 20;

  private TopScreen() {}

  /**
   * The screen for a page.
   *
   * @param before the page of the look before, for the rates
   * @param seconds between the two; not a number where there was none before
   */
  static String draw(MetricsPage before, MetricsPage now, double seconds) {
    StringBuilder screen = new StringBuilder();
    appendTotals(screen, now);
    screen.append(
        String.format(
            Locale.ROOT,
            "%n%6s %7s %-20s %10s %10s %12s %12s %10s%n",
            "shard",
            "ranges",
            "fill",
            "high",
            "ring",
            "records/s",
            "bytes/s",
            "stalls/s"));
    for (String shard : now.labels("psyne_shard_ranges")) {
      appendShard(screen, shard, before, now, seconds);
    }
    screen.append(
        String.format(
            Locale.ROOT,
            "%n%12s %-20s %10s %10s %12s %12s %10s %10s%n",
            "client",
            "fill",
            "high",
            "slab",
            "records/s",
            "bytes/s",
            "stalls/s",
            "drops/s"));
    for (String client : now.labels("psyne_client_fill_bytes")) {
      appendClient(screen, client, before, now, seconds);
    }
    return screen.toString();
  }

  private static void appendTotals(StringBuilder screen, MetricsPage now) {
    screen.append(
        String.format(
            Locale.ROOT,
            "shards %.0f   clients %.0f   subscriptions %.0f   dead %.0f   handed over %.0f   tuned %.0f   %s%n",
            now.value("psyne_shards", ""),
            now.value("psyne_clients", ""),
            now.value("psyne_subscriptions", ""),
            now.value("psyne_workers_dead", ""),
            now.value("psyne_requests_handed_over", ""),
            now.value("psyne_tunings", ""),
            now.value("psyne_settled", "") == 1 ? "settled" : "moving"));
    screen.append(
        String.format(
            Locale.ROOT,
            "answers in µs: p50 %.1f   p99 %.1f   p99.9 %.1f   max %.1f%n",
            micros(now, "50.0"),
            micros(now, "99.0"),
            micros(now, "99.9"),
            micros(now, "100.0")));
  }

  private static double micros(MetricsPage now, String percentile) {
    return now.value("psyne_answer_seconds", percentile) * MICROS_PER_SECOND;
  }

  private static void appendShard(
      StringBuilder screen, String shard, MetricsPage before, MetricsPage now, double seconds) {
    double capacity = now.value("psyne_shard_capacity_bytes", shard);
    screen.append(
        String.format(
            Locale.ROOT,
            "%6s %7.0f %-20s %10.0f %10.0f %12s %12s %10s%n",
            shard,
            now.value("psyne_shard_ranges", shard),
            bar(now.value("psyne_shard_fill_bytes", shard) / capacity),
            now.value("psyne_shard_highwater_bytes", shard),
            capacity,
            rate("psyne_shard_records", shard, before, now, seconds),
            rate("psyne_shard_bytes", shard, before, now, seconds),
            rate("psyne_shard_stalls", shard, before, now, seconds)));
  }

  private static void appendClient(
      StringBuilder screen, String client, MetricsPage before, MetricsPage now, double seconds) {
    double capacity = now.value("psyne_client_capacity_bytes", client);
    screen.append(
        String.format(
            Locale.ROOT,
            "%12s %-20s %10.0f %10.0f %12s %12s %10s %10s%n",
            client,
            bar(now.value("psyne_client_fill_bytes", client) / capacity),
            now.value("psyne_client_highwater_bytes", client),
            capacity,
            rate("psyne_client_records", client, before, now, seconds),
            rate("psyne_client_bytes", client, before, now, seconds),
            rate("psyne_client_stalls", client, before, now, seconds),
            rate("psyne_client_drops", client, before, now, seconds)));
  }

  private static String rate(
      String name, String label, MetricsPage before, MetricsPage now, double seconds) {
    if (Double.isNaN(seconds)) {
      return "-";
    }
    return String.format(
        Locale.ROOT, "%.0f", (now.value(name, label) - before.value(name, label)) / seconds);
  }

  private static String bar(double part) {
    int filled = (int) Math.round(Math.clamp(Double.isNaN(part) ? 0 : part, 0, 1) * BAR_CHARS);
    return "█".repeat(filled) + "·".repeat(BAR_CHARS - filled);
  }
}
