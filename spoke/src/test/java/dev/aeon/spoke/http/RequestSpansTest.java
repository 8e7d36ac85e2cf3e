package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.aeon.spoke.api.ApiJson;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path storage;

  @Test
  void push_isASpanOfTheCallersTraceWithItsSteps() throws Exception {
    List<SpanData> spans = spansOf("/modules", push("syntax = \"proto3\"; message M {}"));
    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly(
            "resolve imports", "validate", "enforce policies", "publish", "POST /modules");
    SpanData request = spans.getLast();
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(TRACE);
    assertThat(request.getParentSpanId()).isEqualTo(PARENT);
    assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(spans.subList(0, 4))
        .extracting(SpanData::getParentSpanId)
        .containsOnly(request.getSpanId());
    assertThat(request.getAttributes().get(AttributeKey.stringKey("http.route")))
        .isEqualTo("/modules");
    assertThat(request.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
        .isEqualTo(201);
  }

  @Test
  void step_thatFails_isMarkedAndSaysWhy() throws Exception {
    List<SpanData> spans = spansOf("/modules", push("syntax = ;"));
    assertThat(spans).extracting(SpanData::getName).contains("validate").doesNotContain("publish");
    SpanData failed = spans.get(1);
    assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(failed.getStatus().getDescription()).contains("violations=");
    assertThat(spans.getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void telemetry_setUpByProperties_sendsSpansToItsCollector() throws Exception {
    BlockingQueue<String> exported = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exported.add(exchange.getRequestURI() + " " + new String(body, UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    Map<String, String> properties =
        Map.of(
            "otel.exporter.otlp.protocol",
            "http/protobuf",
            "otel.exporter.otlp.timeout",
            Long.toString(PATIENCE.toMillis()),
            "otel.exporter.otlp.endpoint",
            "http://127.0.0.1:" + collector.getAddress().getPort());
    try {
      try (OpenTelemetrySdk telemetry = Telemetry.start(properties)) {
        telemetry.getTracer("test").spanBuilder("a span of mine").startSpan().end();
      }
      // Closing waits for ten seconds at most until all is sent.
      assertThat(exported.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .startsWith("/v1/traces ")
          .contains("a span of mine", "spoke-server");
    } finally {
      collector.stop(1);
    }
    assertThat(exported).isEmpty();
  }

  private List<SpanData> spansOf(String path, byte[] body)
      throws IOException, InterruptedException {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    try (OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder()
                .setTracerProvider(
                    SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        SpokeServer server =
            SpokeServer.start(SpokeServerConfig.embedded(storage).withTelemetry(telemetry));
        HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.uri() + path))
              .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      http.send(request, BodyHandlers.discarding());
      return List.copyOf(exporter.getFinishedSpanItems());
    }
  }

  private static byte[] push(String text) {
    String content = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    return ApiJson.write(
        Map.of(
            "module",
            "common",
            "version",
            "v1.0.0",
            "files",
            List.of(Map.of("path", "a.proto", "content", content))));
  }
}
