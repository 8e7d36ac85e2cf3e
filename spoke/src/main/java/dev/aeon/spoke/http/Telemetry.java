package dev.aeon.spoke.http;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;

/** OpenTelemetry as its users set it up: by {@code OTEL_…} variables and system properties. */
final class Telemetry {
  /** Metrics are Prometheus's to fetch; what is logged goes to standard error. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "spoke-server",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  private Telemetry() {}

  /**
   * Starts it; the caller closes it, which sends what is left.
   *
   * @param properties for what neither a variable nor a system property says
   */
  static OpenTelemetrySdk start(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(DEFAULTS);
    all.putAll(properties);
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(() -> all)
        .build()
        .getOpenTelemetrySdk();
  }
}
