package dev.aeon.apm.channel.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.RecordingListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.route.RoutedMessage;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each message is kept on three servers: of them any may die, the leader too, and what was
 * confirmed is there; one that comes again catches up. A leader that died with messages under way
 * does not come again here: version 2.9.10 keeps what it had told no other in the place of what the
 * others confirmed since.
 */
@Timeout(400)
class NatsClusterTest {
  private static final AgentId SENDER = Samples.MANAGER.agentId();
  private static final AgentId RECEIVER = Samples.WORKER.agentId();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final NatsOptions OPTIONS =
      new NatsOptions(
          "apm",
          3,
          Duration.ofDays(1),
          Duration.ofMinutes(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(4));

  private final List<NatsServer> servers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final RecordingListener listener = new RecordingListener();

  @BeforeEach
  void startServers() throws Exception {
    List<Integer> ports = List.of(freePort(), freePort(), freePort());
    String routes =
        ports.stream()
            .map(port -> "nats-route://127.0.0.1:" + port)
            .collect(Collectors.joining(", "));
    for (int port : ports) {
      names.add("server" + port);
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
  void leader_diesAfterAnotherCameAgain_confirmedMessagesComeFromTheTwoThatAreLeft()
      throws Exception {
    List<String> confirmed = new ArrayList<>();
    try (NatsChannels channels = connect();
        Channel channel = channels.open(SENDER, RECEIVER)) {
      confirmed.add(store(channel, "a"));
      StreamInfo whole = awaitAllCurrent();
      assertThat(whole.getConfiguration().getReplicas()).isEqualTo(3);

      NatsServer away = server(follower(whole));
      away.kill();
      confirmed.add(store(channel, "b"));
      away.startAgain();
      String leader = leader(awaitAllCurrent());

      List<CompletableFuture<String>> underWay = appendMany(channel, "w");
      awaitAnyDone(underWay);
      server(leader).kill();
      confirmed.addAll(confirmedOf(underWay));
      confirmed.add(store(channel, "c"));
      try (Inbox _ = listen(channels)) {
        assertThat(received(confirmed)).containsAll(confirmed);
      }
    }
  }

  /** Without waiting in between, so that the leader dies while some are on their way. */
  private static List<CompletableFuture<String>> appendMany(Channel channel, String prefix) {
    List<CompletableFuture<String>> appends = new ArrayList<>();
    for (int index = 0; index < 200; index++) {
      RoutedMessage message = Samples.routed(Samples.message(prefix + index));
      String line = RecordingListener.renumbered(message.line());
      appends.add(channel.append(message).thenApply(_ -> line));
    }
    return appends;
  }

  /** Those behind it are on their way to the leader then, in it, or told to its followers. */
  private static void awaitAnyDone(List<CompletableFuture<String>> appends) {
    CompletableFuture.anyOf(appends.toArray(CompletableFuture[]::new))
        .handle((_, _) -> true)
        .join();
  }

  /** Those that the servers have confirmed; of the others nothing is promised. */
  private static List<String> confirmedOf(List<CompletableFuture<String>> appends) {
    return appends.stream()
        .map(append -> append.handle((line, failure) -> Optional.ofNullable(line)).join())
        .flatMap(Optional::stream)
        .toList();
  }

  /** What arrives until the last of {@code awaited} does. */
  private List<String> received(List<String> awaited) throws Exception {
    List<String> lines = new ArrayList<>();
    while (!lines.contains(awaited.getLast())) {
      try {
        lines.add(listener.nextLine(PATIENCE));
      } catch (AssertionError e) {
        throw new AssertionError(
            "came=%d missing=%s stream=%s consumer=%s"
                .formatted(lines.size(), missing(awaited, lines), info(), consumer()),
            e);
      }
    }
    return lines;
  }

  private static List<String> missing(List<String> awaited, List<String> came) {
    return awaited.stream().filter(each -> !came.contains(each)).toList();
  }

  /** All three have all that is stored. */
  private StreamInfo awaitAllCurrent() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(this::info, NatsClusterTest::isCurrentOnAll);
  }

  private static boolean isCurrentOnAll(StreamInfo info) {
    List<Replica> followers = info.getClusterInfo().getReplicas();
    return followers.size() == 2
        && followers.stream()
            .allMatch(each -> each.isCurrent() && !each.isOffline() && each.getLag() == 0);
  }

  private StreamInfo info() throws Exception {
    return asked(management -> management.getStreamInfo(OPTIONS.stream()));
  }

  private ConsumerInfo consumer() throws Exception {
    return asked(management -> management.getConsumerInfo(OPTIONS.stream(), RECEIVER.value()));
  }

  private <T> T asked(Question<T> question) throws Exception {
    Options options =
        Options.builder()
            .servers(servers.stream().map(NatsServer::url).toArray(String[]::new))
            .build();
    Connection connection = Nats.connect(options);
    try {
      return question.ask(connection.jetStreamManagement());
    } finally {
      connection.close();
    }
  }

  /** What the servers are asked on a connection of its own. */
  private interface Question<T> {
    T ask(JetStreamManagement management) throws Exception;
  }

  private static String follower(StreamInfo info) {
    return info.getClusterInfo().getReplicas().getFirst().getName();
  }

  private static String leader(StreamInfo info) {
    return info.getClusterInfo().getLeader();
  }

  private NatsServer server(String name) {
    return servers.get(names.indexOf(name));
  }

  /** The servers need a while to choose a leader among them. */
  private NatsChannels connect() {
    String urls = servers.stream().map(NatsServer::url).collect(Collectors.joining(","));
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreException(ChannelException.class)
        .until(() -> NatsChannels.connect(urls, OPTIONS), _ -> true);
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
