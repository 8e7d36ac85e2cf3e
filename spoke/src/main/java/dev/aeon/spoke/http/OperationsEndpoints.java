package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.model.SpokeException;
import io.helidon.http.Method;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What operators and their machines ask for. */
final class OperationsEndpoints {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final BooleanSupplier isReady;
  private final Supplier<String> metrics;

  OperationsEndpoints(BooleanSupplier isReady, Supplier<String> metrics) {
    this.isReady = isReady;
    this.metrics = metrics;
  }

  List<Endpoint> all() {
    return List.of(
        open("/health", "Whether the process runs", _ -> Answer.text("ok\n")),
        open("/ready", "Whether it takes requests", _ -> ready()),
        open(
            "/metrics",
            "Metrics for Prometheus",
            _ ->
                Answer.bytes(
                    PROMETHEUS, metrics.get().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  private static Endpoint open(String path, String summary, Endpoint.Handler handler) {
    return Endpoint.of(Method.GET, path, Role.NONE, summary, Void.class, byte[].class, handler);
  }

  private Answer ready() {
    if (!isReady.getAsBoolean()) {
      throw new SpokeException(SpokeException.Code.UNAVAILABLE, "the server is shutting down");
    }
    return Answer.text("ready\n");
  }
}
