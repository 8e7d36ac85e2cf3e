package dev.aeon.apm;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.Acknowledgement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees of two buses. */
@Timeout(300)
class TelemetryTest {
  @RegisterExtension
  static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

  private final Channels channels = SpChannels.inproc("telemetry");
  private final Registry registry = new Registry();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordingHandler atWorker = new RecordingHandler();
  private AgentBus manager;
  private AgentBus worker;

  @BeforeEach
  void open() {
    BusOptions options =
        BusOptions.defaults()
            .withAckTime(AckTime.AFTER_HANDLING)
            .withOpenTelemetry(TELEMETRY.getOpenTelemetry())
            .withMeters(meters);
    worker = AgentBus.open(WORKER, registry, channels, atWorker, options);
    manager = AgentBus.open(MANAGER, registry, channels, (_, _) -> {}, options);
  }

  @AfterEach
  void close() {
    manager.close();
    worker.close();
  }

  @Test
  void send_withinASpan_isOneTraceOverBothAgents() throws Exception {
    Span root = TELEMETRY.getOpenTelemetry().getTracer("test").spanBuilder("plan").startSpan();
    Message message = assignment("t1");
    try (Scope _ = root.makeCurrent()) {
      await(message);
    } finally {
      root.end();
    }
    SpanData sent = span("send TASK_ASSIGNMENT");
    SpanData processed = span("process TASK_ASSIGNMENT");

    assertThat(sent.getTraceId()).isEqualTo(root.getSpanContext().getTraceId());
    assertThat(sent.getParentSpanId()).isEqualTo(root.getSpanContext().getSpanId());
    assertThat(sent.getKind()).isEqualTo(SpanKind.PRODUCER);
    assertThat(processed.getTraceId()).isEqualTo(sent.getTraceId());
    assertThat(processed.getParentSpanId()).isEqualTo(sent.getSpanId());
    assertThat(processed.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(processed.getAttributes().asMap().toString())
        .contains(message.messageId().value(), message.correlation());
  }

  @Test
  void send_traced_carriesItsContextInMetadata() throws Exception {
    await(assignment("t1"));
    JsonObject metadata = atWorker.next().envelope().metadata().fields();
    SpanData sent = span("send TASK_ASSIGNMENT");

    assertThat(metadata.string("traceparent"))
        .startsWith("00-" + sent.getTraceId() + "-" + sent.getSpanId() + "-");
  }

  @Test
  void handle_handlerThrows_isAnErrorOfItsSpan() {
    atWorker.failing = _ -> true;
    assertThat(manager.send(assignment("t1"))).failsWithin(Duration.ofSeconds(60));

    SpanData processed = span("process TASK_ASSIGNMENT");
    assertThat(processed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(processed.getEvents())
        .anySatisfy(event ->
            assertThat(event.getAttributes().asMap().toString()).contains("no such folder"));
    assertThat(span("send TASK_ASSIGNMENT").getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
  }

  @Test
  void meters_messageHandled_areCountedAndTimedPerAgent() throws Exception {
    await(assignment("t1"));

    // Counted once its channel says so, which the answer may overtake.
    Eventually.until(() -> count("manager_001", "sent") > 0);
    assertThat(count("manager_001", "sent")).isOne();
    assertThat(count("impl_001", "received")).isOne();
    assertThat(count("impl_001", "refused")).isZero();
    assertThat(meters.get("apm.acknowledgement").tag("agent", "manager_001").timer().count())
        .isOne();
    assertThat(
            meters
                .get("apm.handling")
                .tag("agent", "impl_001")
                .tag("type", "TASK_ASSIGNMENT")
                .timer()
                .count())
        .isOne();
    assertThat(meters.get("apm.messages.under.way").tag("agent", "manager_001").gauge().value())
        .isZero();
  }

  @Test
  void meters_busCloses_leaveTheRegistry() throws Exception {
    await(assignment("t1"));
    manager.close();
    assertThat(meters.find("apm.messages").tag("agent", "manager_001").meters()).isEmpty();
    assertThat(meters.find("apm.acknowledgement").tag("agent", "manager_001").meters()).isEmpty();
    assertThat(meters.find("apm.messages").tag("agent", "impl_001").meters()).isNotEmpty();
  }

  private Message assignment(String taskId) {
    return manager
        .compose(Receiver.of(WORKER), Samples.assignment(taskId))
        .correlationId("req_" + taskId)
        .build();
  }

  private void await(Message message) throws Exception {
    Acknowledgement _ = manager.send(message).get(60, TimeUnit.SECONDS);
  }

  private double count(String agent, String outcome) {
    return meters
        .get("apm.messages")
        .tag("agent", agent)
        .tag("outcome", outcome)
        .functionCounter()
        .count();
  }

  /** A span ends on the thread that brings its end, a moment after the test may go on. */
  private static SpanData span(String name) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                TELEMETRY.getSpans().stream()
                    .filter(span -> span.getName().equals(name))
                    .findFirst()
                    .orElse(null),
            span -> span != null);
  }
}
