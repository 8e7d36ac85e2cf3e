package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.channel.nats.NatsChannels;
import dev.aeon.apm.channel.nats.NatsOptions;
import dev.aeon.apm.channel.nats.NatsServer;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.schema.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands over NATS JetStream. */
class NatsBusTest extends BusContract {
  private static final AtomicInteger STREAMS = new AtomicInteger();
  private static NatsServer server;

  private final String stream = "cli" + STREAMS.incrementAndGet();
  private NatsChannels channels;

  @BeforeAll
  static void startServer() throws Exception {
    server = NatsServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @AfterEach
  void disconnect() {
    closeAgent();
    channels.close();
  }

  @Override
  String url() {
    return server.url() + "?stream=" + stream;
  }

  @Override
  Channels channels() {
    channels = NatsChannels.connect(server.url(), NatsOptions.defaults().withStream(stream));
    return channels;
  }

  @Override
  void inject(byte[] line) throws Exception {
    server.publish(stream, Samples.MANAGER.agentId(), Samples.WORKER.agentId(), line);
  }

  @Test
  void stats_afterSettlingInAnyOrder_countWhatIsNotSettled() throws Exception {
    RecordingListener listener = new RecordingListener();
    List<Delivery> deliveries = new ArrayList<>();
    append(Samples.MANAGER, 5);
    try (Inbox _ = channels.listen(Samples.OTHER.agentId(), listener)) {
      for (int index = 0; index < 5; index++) {
        deliveries.add(listener.nextDelivery());
      }
      deliveries.get(1).settle();
      deliveries.get(3).settle();
      awaitStats("manager_001_to_impl_002 .* impl_002:3 ");
      assertThat(apm("stats", "-json").out()).doesNotContain("behindAtLeast");

      append(Samples.WORKER, 2);
      deliveries.add(listener.nextDelivery());
      deliveries.add(listener.nextDelivery());
      awaitStats("impl_001_to_impl_002 .* impl_002:0-2 ");
      JsonObject of = apm("stats", "-channel", "manager_001_to_impl_002", "-json").json();
      JsonObject counts = of.objects("channels").getFirst();
      assertThat(counts.object("behind").integer("impl_002")).isEqualTo(5);
      assertThat(counts.object("behindAtLeast").integer("impl_002")).isEqualTo(3);

      deliveries.forEach(Delivery::settle);
      awaitStats("manager_001_to_impl_002 .* impl_002:0 ");
    }
  }

  @Test
  void stats_ofAReceiverThatWasNeverThere_countEverythingAsBefore() throws Exception {
    append(Samples.MANAGER, 2);
    awaitStats("manager_001_to_impl_002 .* impl_002:2 ");
  }

  private void awaitStats(String pattern) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(apm("stats").out()).containsPattern(pattern));
  }

  private void append(AgentIdentity sender, int count) throws Exception {
    try (Channel channel = channels.open(sender.agentId(), Samples.OTHER.agentId())) {
      for (int index = 0; index < count; index++) {
        Message message =
            Message.builder()
                .messageId(new MessageId("msg_20260131_100000_" + index))
                .timestamp(Samples.TIME)
                .sender(sender)
                .receiver(Samples.OTHER)
                .correlationId("req_1")
                .payload(Samples.assignment("t" + index))
                .build();
        channel.append(Samples.routed(message)).get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void stream_onFewerServersThanAskedFor_isRefused() {
    CommandRun run = apm("tail");
    assertThat(run.exitCode()).isZero();
    assertThatThrownBy(() ->
            NatsChannels.connect(
                server.url(), NatsOptions.defaults().withStream(stream).withReplicas(3)))
        .hasMessageContaining("the stream is kept on fewer servers than asked for")
        .hasMessageContaining("replicas=1 asked=3");
  }

  @Test
  void stream_thatIsNotThere_isSaidToBeSo() {
    CommandRun run = CommandRun.of("tail", "-bus", server.url() + "?stream=nobodys");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no agents have sent by this stream: stream=nobodys");
  }

  @Test
  void server_thatIsNotThere_isSaidToBeSo() {
    CommandRun run = CommandRun.of("stats", "-bus", "nats://127.0.0.1:1");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("cannot connect: servers=[nats://127.0.0.1:1]");
  }
}
