package dev.aeon.slabs.telemetry;

import dev.aeon.slabs.broker.Broker;
import dev.aeon.slabs.broker.BrokerStatistics;
import dev.aeon.slabs.broker.ClientStatistics;
import dev.aeon.slabs.broker.ShardStatistics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Keeps the meters of a broker up to date, once a second, until closed. Those of a shard or client
 * go when it goes.
 */
public final class BrokerMetrics implements AutoCloseable {
  private static final List<Column<ShardStatistics>> SHARD_COLUMNS =
      List.of(
          new Column<>(
              "psyne.shard.ranges",
              "ranges of hashes, of 4096, that the shard serves",
              ShardStatistics::rangeCount),
          new Column<>(
              "psyne.shard.capacity.bytes", "size of the worker's ring", ShardStatistics::capacity),
          new Column<>(
              "psyne.shard.fill.bytes", "bytes of requests in it", ShardStatistics::fillByteSize),
          new Column<>(
              "psyne.shard.highwater.bytes",
              "the most bytes of requests that were in it",
              ShardStatistics::highWaterByteSize),
          new Column<>(
              "psyne.shard.records",
              "requests sent to the shard since it came",
              ShardStatistics::recordCount),
          new Column<>("psyne.shard.bytes", "their bytes", ShardStatistics::byteCount),
          new Column<>(
              "psyne.shard.answered",
              "requests that it has answered",
              ShardStatistics::answeredCount),
          new Column<>(
              "psyne.shard.stalls",
              "times that a request found its ring full",
              ShardStatistics::stallCount));

  private static final List<Column<ClientStatistics>> CLIENT_COLUMNS =
      List.of(
          new Column<>(
              "psyne.client.request.fill.bytes",
              "bytes of requests that the broker has not taken",
              ClientStatistics::requestFillByteSize),
          new Column<>(
              "psyne.client.capacity.bytes",
              "size of the client's response slab",
              ClientStatistics::responseCapacity),
          new Column<>(
              "psyne.client.fill.bytes",
              "bytes in it that the client has not read",
              ClientStatistics::responseFillByteSize),
          new Column<>(
              "psyne.client.highwater.bytes",
              "the most bytes in it that it had not read",
              ClientStatistics::responseHighWaterByteSize),
          new Column<>(
              "psyne.client.records",
              "frames sent to the client since it came",
              ClientStatistics::recordCount),
          new Column<>("psyne.client.bytes", "their bytes", ClientStatistics::byteCount),
          new Column<>(
              "psyne.client.stalls",
              "times that a request waited for room in the slab",
              ClientStatistics::stallCount),
          new Column<>(
              "psyne.client.drops",
              "published items that found no room in the slab",
              ClientStatistics::dropCount));

  private static final double NANOS_PER_SECOND = 1e9;

  /** One meter of each row. */
  private record Column<T>(String name, String description, ToDoubleFunction<T> value) {}

  private final Broker broker;
  private final List<MultiGauge> shardGauges;
  private final List<MultiGauge> clientGauges;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("psyne-metrics").unstarted(task));
  private volatile BrokerStatistics latest;

  private BrokerMetrics(Broker broker, MeterRegistry registry) {
    this.broker = broker;
    this.latest = broker.statistics();
    this.shardGauges = SHARD_COLUMNS.stream().map(each -> gauge(each, registry)).toList();
    this.clientGauges = CLIENT_COLUMNS.stream().map(each -> gauge(each, registry)).toList();
    bindTotals(registry);
    refresh();
  }

  /** Adds a broker's meters to a registry. */
  public static BrokerMetrics bind(Broker broker, MeterRegistry registry) {
    BrokerMetrics metrics = new BrokerMetrics(broker, registry);
    metrics.start();
    return metrics;
  }

  private void start() {
    var _ = timer.scheduleWithFixedDelay(this::refreshIfOpen, 1, 1, TimeUnit.SECONDS);
  }

  private static MultiGauge gauge(Column<?> column, MeterRegistry registry) {
    return MultiGauge.builder(column.name).description(column.description).register(registry);
  }

  private void bindTotals(MeterRegistry registry) {
    total(registry, "psyne.shards", "workers that serve", now -> now.shards().size());
    total(registry, "psyne.clients", "clients that are connected", now -> now.clients().size());
    total(
        registry,
        "psyne.subscriptions",
        "subscriptions to topics",
        BrokerStatistics::subscriptionCount);
    total(
        registry,
        "psyne.settled",
        "1 while no range is on its way from one shard to another",
        now -> now.isSettled() ? 1 : 0);
    total(
        registry,
        "psyne.workers.dead",
        "workers that were lost",
        BrokerStatistics::deadWorkerCount);
    total(
        registry,
        "psyne.requests.handed.over",
        "requests that other workers served for lost ones",
        BrokerStatistics::handedOverCount);
    total(
        registry,
        "psyne.tunings",
        "changes that the broker made by itself",
        BrokerStatistics::tuningCount);
    for (double percentile : new double[] {50, 99, 99.9, 100}) {
      Gauge.builder("psyne.answer.seconds", this, metrics -> metrics.answerSeconds(percentile))
          .tag("percentile", Double.toString(percentile))
          .description("from when a request was sent to its shard to its answer, of one in 16")
          .register(registry);
    }
  }

  private void total(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<BrokerStatistics> value) {
    Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.latest))
        .description(description)
        .register(registry);
  }

  private double answerSeconds(double percentile) {
    return latest.answerNanos().getValueAtPercentile(percentile) / NANOS_PER_SECOND;
  }

  private void refreshIfOpen() {
    try {
      refresh();
    } catch (IllegalStateException closed) {
      timer.shutdown();
    }
  }

  /** Brings the meters up to date at once. */
  public void refresh() {
    BrokerStatistics now = broker.statistics();
    latest = now;
    for (int i = 0; i < SHARD_COLUMNS.size(); i++) {
      ToDoubleFunction<ShardStatistics> value = SHARD_COLUMNS.get(i).value;
      shardGauges
          .get(i)
          .register(
              now.shards().stream()
                  .map(each -> row("shard", each.id(), value.applyAsDouble(each)))
                  .toList(),
              true);
    }
    for (int i = 0; i < CLIENT_COLUMNS.size(); i++) {
      ToDoubleFunction<ClientStatistics> value = CLIENT_COLUMNS.get(i).value;
      clientGauges
          .get(i)
          .register(
              now.clients().stream()
                  .map(each -> row("client", each.id(), value.applyAsDouble(each)))
                  .toList(),
              true);
    }
  }

  private static MultiGauge.Row<Number> row(String kind, long id, double value) {
    return MultiGauge.Row.of(Tags.of(kind, Long.toString(id)), value);
  }

  /** Stops; the meters keep their last values. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
