package dev.aeon.spoke.registry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;

/** The steps of a call as spans, children of the span that is current. Thread-safe. */
final class Steps {
  private final Tracer tracer;

  Steps(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("dev.aeon.spoke");
  }

  <T> T run(String name, Supplier<T> step) {
    Span span = tracer.spanBuilder(name).startSpan();
    try (Scope _ = span.makeCurrent()) {
      return step.get();
    } catch (RuntimeException e) {
      span.recordException(e);
      span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      span.end();
    }
  }

  void perform(String name, Runnable step) {
    String done =
        run(
            name,
            () -> {
              step.run();
              return name;
            });
    assert done.equals(name);
  }
}
