package dev.aeon.spoke.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How many requests came, what became of them and how long they took, for Prometheus. */
final class RequestMetrics implements AutoCloseable {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String path, String method, int status) {}

  RequestMetrics(Supplier<Number> modules, Supplier<Number> versions) {
    Gauge.builder("spoke.modules", modules).strongReference(true).register(registry);
    Gauge.builder("spoke.versions", versions).strongReference(true).register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  void record(Optional<Endpoint> endpoint, int status, long nanos) {
    Key key =
        endpoint
            .map(known -> new Key(known.path().toString(), known.method().text(), status))
            .orElse(new Key("none", "none", status));
    timers.computeIfAbsent(key, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("spoke.requests")
        .description("requests by endpoint and status")
        .tag("path", key.path())
        .tag("method", key.method())
        .tag("status", Integer.toString(key.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** As Prometheus reads it. */
  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
