package dev.aeon.apm.channel.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.route.RoutedMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of three servers one may die: what two others have stored is there. */
@Timeout(180)
class NatsClusterTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<NatsServer> servers = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();

  @BeforeEach
  void startServers() throws Exception {
    List<Integer> ports = List.of(freePort(), freePort(), freePort());
    String routes =
        ports.stream()
            .map(port -> "nats-route://127.0.0.1:" + port)
            .collect(Collectors.joining(", "));
    for (int port : ports) {
      servers.add(
          NatsServer.start(
              """
              max_payload: 8388608
              server_name: server%d
              cluster { name: three, listen: "127.0.0.1:%d", routes: [%s] }
              """
                  .formatted(port, port, routes)));
    }
  }

  @AfterEach
  void stopServers() throws Exception {
    for (NatsServer server : servers) {
      server.close();
    }
  }

  @Test
  void serverOfThree_dies_storedMessagesArriveAndMoreAreTaken() throws Exception {
    List<String> expected = new ArrayList<>();
    try (NatsChannels channels = connect();
        Channel channel = channels.open(SENDER, RECEIVER)) {
      expected.add(store(channel, "a"));
      expected.add(store(channel, "b"));
      servers.removeFirst().close();
      expected.add(store(channel, "c"));
      try (Inbox _ = listen(channels)) {
        for (String line : expected) {
          assertThat(listener.nextLine()).isEqualTo(line);
        }
      }
    }
  }

  /** The servers need a while to choose a leader among them. */
  private NatsChannels connect() {
    String urls = servers.stream().map(NatsServer::url).collect(Collectors.joining(","));
    NatsOptions options = NatsOptions.defaults().withReplicas(3);
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreException(ChannelException.class)
        .until(() -> NatsChannels.connect(urls, options), _ -> true);
  }

  /** Again until it is stored, as a bus does; the servers keep one of several copies. */
  private static String store(Channel channel, String taskId) {
    RoutedMessage message = Samples.routed(Samples.message(taskId));
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreException(CompletionException.class)
        .until(() -> {
          channel.append(message).join();
          return true;
        });
    return RecordingListener.renumbered(message.line());
  }

  private Inbox listen(NatsChannels channels) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreException(ChannelException.class)
        .until(() -> channels.listen(RECEIVER, listener), _ -> true);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
