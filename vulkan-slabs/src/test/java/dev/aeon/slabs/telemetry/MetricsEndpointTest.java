package dev.aeon.slabs.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.Await;
import dev.aeon.slabs.broker.Broker;
import dev.aeon.slabs.cli.PsyneMain;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsEndpointTest {
  private final Broker broker = Broker.bind("inproc://metrics-test");
  private final ClientSocket client = Socket.connect(broker.clientUrl());
  private final Worker worker =
      Worker.connect(
          broker.workerUrl(),
          request -> request.tryReply(request.asSegment()),
          SocketOptions.DEFAULT);

  @BeforeEach
  void traffic() throws Exception {
    for (int i = 0; i < 100; i++) {
      client.call().key(i).bytes(new byte[10]).send().get(30, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void close() {
    worker.close();
    client.close();
    broker.close();
  }

  @Test
  void page_forPrometheus_hasWhatRingsHoldAndCarried() throws Exception {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(broker, 0)) {
      String page = get(endpoint.url());
      assertThat(page)
          .contains("psyne_shard_records{shard=\"1\"} 100.0")
          .contains("psyne_shard_bytes{shard=\"1\"} 4200.0")
          .contains("psyne_shard_ranges{shard=\"1\"} 4096.0")
          .contains("psyne_client_records{client=\"1\"} 100.0")
          .contains("psyne_client_drops{client=\"1\"} 0.0")
          .contains("# HELP psyne_client_drops published items that found no room in the slab")
          .contains("psyne_shards 1.0")
          .containsPattern("psyne_answer_seconds\\{percentile=\"99.0\"} [0-9.E-]+");
    }
  }

  @Test
  void metersOfAShard_goWithIt() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (BrokerMetrics metrics = BrokerMetrics.bind(broker, registry)) {
      assertThat(registry.find("psyne.shard.fill.bytes").tag("shard", "1").gauge()).isNotNull();
      worker.close();
      Await.until(() -> broker.statistics().shards().isEmpty());
      metrics.refresh();
      assertThat(registry.find("psyne.shard.fill.bytes").tag("shard", "1").gauge()).isNull();
      assertThat(registry.get("psyne.workers.dead").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void top_ofARunningBroker_showsItsShardsAndClients() {
    try (MetricsEndpoint endpoint = MetricsEndpoint.open(broker, 0)) {
      String screen = PsyneMain.run("top", endpoint.url(), "-n", "2", "-d", "1");
      assertThat(screen)
          .contains("shards 1   clients 1   subscriptions 0   dead 0")
          .containsPattern("(?m)^ +1 +4096 ")
          .contains("records/s");
    }
  }

  private static String get(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body();
    }
  }
}
