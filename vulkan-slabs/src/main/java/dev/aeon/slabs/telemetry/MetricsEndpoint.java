package dev.aeon.slabs.telemetry;

import dev.aeon.slabs.broker.Broker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;

/** Serves a broker's meters to Prometheus, and to {@code psyne top}, on this machine. */
public final class MetricsEndpoint implements AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final BrokerMetrics metrics;
  private final HTTPServer server;

  private MetricsEndpoint(
      PrometheusMeterRegistry registry, BrokerMetrics metrics, HTTPServer server) {
    this.registry = registry;
    this.metrics = metrics;
    this.server = server;
  }

  /**
   * Opens an endpoint at the loopback address.
   *
   * @param port 0 lets the system choose
   * @throws UncheckedIOException where the port is taken
   */
  public static MetricsEndpoint open(Broker broker, int port) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    BrokerMetrics metrics = BrokerMetrics.bind(broker, registry);
    try {
      HTTPServer server =
          HTTPServer.builder()
              .inetAddress(InetAddress.getLoopbackAddress())
              .port(port)
              .registry(registry.getPrometheusRegistry())
              .buildAndStart();
      return new MetricsEndpoint(registry, metrics, server);
    } catch (IOException taken) {
      metrics.close();
      throw new UncheckedIOException("cannot listen: port=" + port, taken);
    }
  }

  /** Where the page is. */
  public String url() {
    return "http://127.0.0.1:" + server.getPort() + "/metrics";
  }

  /** For meters of one's own beside the broker's. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    server.close();
    metrics.close();
    registry.close();
  }
}
