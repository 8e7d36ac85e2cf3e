package dev.aeon.spoke.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span for each request, by OpenTelemetry's conventions for HTTP servers; a child of the
 * caller's, where the request brings its context. Thread-safe.
 */
final class RequestSpans {
  private static final int FIRST_SERVER_ERROR = 500;

  private final boolean isOn;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  /** By {@code telemetry}; {@link OpenTelemetry#noop} costs nothing. */
  RequestSpans(OpenTelemetry telemetry) {
    this.isOn = !telemetry.equals(OpenTelemetry.noop());
    this.tracer = telemetry.getTracer("dev.aeon.spoke");
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
  }

  /** Answers a request within its span. */
  Answer answer(Trace trace, Function<Trace, Answer> work) {
    if (!isOn) {
      return work.apply(trace);
    }
    Span span = begin(trace.request());
    try (Scope _ = span.makeCurrent()) {
      Answer answer = work.apply(trace);
      tell(span, trace, answer.status().code());
      return answer;
    } finally {
      span.end();
    }
  }

  private Span begin(ServerRequest request) {
    Context caller = propagator.extract(Context.root(), request.headers(), Headers.INSTANCE);
    String method = request.prologue().method().text();
    return tracer
        .spanBuilder(method)
        .setParent(caller)
        .setSpanKind(SpanKind.SERVER)
        .setAttribute("http.request.method", method)
        .setAttribute("url.scheme", request.isSecure() ? "https" : "http")
        .setAttribute("url.path", request.prologue().uriPath().rawPath())
        .setAttribute("client.address", request.remotePeer().host())
        .startSpan();
  }

  private static void tell(Span span, Trace trace, int status) {
    span.setAttribute("http.response.status_code", status);
    trace
        .endpoint()
        .ifPresent(endpoint -> {
          String route = endpoint.path().toString();
          span.setAttribute("http.route", route);
          span.updateName(endpoint.method().text() + " " + route);
        });
    if (status >= FIRST_SERVER_ERROR) {
      span.setAttribute("error.type", Integer.toString(status));
      span.setStatus(StatusCode.ERROR);
    }
  }

  private enum Headers implements TextMapGetter<ServerRequestHeaders> {
    INSTANCE;

    @Override
    public @Nullable String get(@Nullable ServerRequestHeaders headers, String name) {
      return headers == null ? null : headers.first(HeaderNames.create(name)).orElse(null);
    }
  }
}
