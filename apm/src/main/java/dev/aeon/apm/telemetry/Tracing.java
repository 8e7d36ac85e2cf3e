package dev.aeon.apm.telemetry;

import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import dev.aeon.apm.schema.InvalidMessageException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A span for every message that is sent, until it is acknowledged, and one for every message while
 * it is handled, its child in whatever process that is: the context travels in {@code metadata}, by
 * the propagator's names ({@code traceparent}, {@code tracestate}). Thread-safe.
 */
public final class Tracing {
  private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);
  private static final String SCOPE = "dev.aeon.apm";

  private final boolean isOn;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  /** By {@code telemetry}; {@link OpenTelemetry#noop} costs nothing. */
  public Tracing(OpenTelemetry telemetry) {
    this.isOn = !telemetry.equals(OpenTelemetry.noop());
    this.tracer = telemetry.getTracer(SCOPE);
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
  }

  /**
   * A message that is being sent, and its span.
   *
   * @param message with the span's context, where it has room for that
   */
  public record Sending(Message message, Span span) {
    /** Ends the span with {@code sent}, which it answers. */
    public <T> CompletableFuture<T> follow(CompletableFuture<T> sent) {
      return span.getSpanContext().isValid()
          ? sent.whenComplete((_, failure) -> end(failure))
          : sent;
    }

    private void end(@Nullable Throwable failure) {
      if (failure != null) {
        fail(span, failure);
      }
      span.end();
    }
  }

  /** Begins the span of a message that is about to be sent. */
  public Sending sending(Message message) {
    if (!isOn) {
      return new Sending(message, Span.getInvalid());
    }
    Context parent =
        Span.current().getSpanContext().isValid() ? Context.current() : contextOf(message);
    Span span = span("send", SpanKind.PRODUCER, message, parent);
    return new Sending(withContext(message, parent.with(span)), span);
  }

  /** Runs {@code handler} within a span that is a child of the sender's. */
  public void handling(Message message, Runnable handler) {
    if (!isOn) {
      handler.run();
      return;
    }
    Span span = span("process", SpanKind.CONSUMER, message, contextOf(message));
    try (Scope _ = span.makeCurrent()) {
      handler.run();
    } catch (RuntimeException | Error e) {
      fail(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  private Span span(String operation, SpanKind kind, Message message, Context parent) {
    return tracer
        .spanBuilder(operation + " " + message.envelope().typeName())
        .setSpanKind(kind)
        .setParent(parent)
        .setAttribute("messaging.system", "apm")
        .setAttribute("messaging.operation.type", operation)
        .setAttribute("messaging.operation.name", operation)
        .setAttribute("messaging.destination.name", message.receiver().toString())
        .setAttribute("messaging.message.id", message.messageId().value())
        .setAttribute("messaging.message.conversation_id", message.correlation())
        .startSpan();
  }

  private static void fail(Span span, Throwable failure) {
    span.recordException(failure);
    span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
  }

  private Context contextOf(Message message) {
    return propagator.extract(
        Context.root(), message.envelope().metadata().fields(), MetadataGetter.INSTANCE);
  }

  private Message withContext(Message message, Context context) {
    Metadata.Builder metadata = message.envelope().metadata().toBuilder();
    propagator.inject(
        context,
        metadata,
        (fields, name, value) -> {
          if (fields != null) {
            fields.put(name, value);
          }
        });
    try {
      Message traced = message.toBuilder().metadata(metadata.build()).build();
      byte[] _ = JsonCodec.encode(traced);
      return traced;
    } catch (InvalidMessageException e) {
      LOG.debug("no room for a trace context: messageId={}", message.messageId(), e);
      return message;
    }
  }
}
