package dev.aeon.apm.channel.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.KeptChannelContract;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels over a real server keep the contract. */
class NatsChannelTest extends KeptChannelContract {
  private static final AtomicInteger STREAMS = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static NatsServer server;

  private final NatsOptions options =
      NatsOptions.defaults()
          .withStream("apm" + STREAMS.incrementAndGet())
          .withAckWait(Duration.ofSeconds(1));
  private final List<NatsChannels> connected = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<NatsArchive> archives = new ArrayList<>();

  @BeforeAll
  static void startServer() throws Exception {
    server = NatsServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected Channels channels() {
    connected.add(NatsChannels.connect(server.url(), options));
    return connected.getLast();
  }

  @Override
  protected Archive archive() {
    archives.add(NatsArchive.connect(server.url(), options.stream()));
    return archives.getLast();
  }

  @AfterEach
  void disconnect() {
    archives.forEach(NatsArchive::close);
    connected.forEach(NatsChannels::close);
  }

  @Override
  protected void inject(byte[] line) throws Exception {
    server.publish(options.stream(), SENDER, RECEIVER, line);
  }

  @Override
  protected int maxUnsettled() {
    return NatsInbox.MAX_UNSETTLED;
  }

  @Override
  protected void die(Inbox inbox) {
    connected.getLast().close();
    inbox.close();
    channels = channels();
  }

  @Test
  void append_sameMessageAgain_isStoredOnceAndARetryIsNot() throws Exception {
    assertSameMessageAgainIsStoredOnce();
  }

  /** What servers of version 2.10 answer where their leader has taken a copy and not stored it. */
  @Test
  void append_acknowledgedWithoutAPlaceInTheStream_isNotConfirmed() throws Exception {
    String notStored =
        "{\"stream\":\"%s\",\"seq\":0,\"duplicate\":true}".formatted(options.stream());
    Connection connection = Nats.connect(server.url());
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      connection.jetStreamManagement().deleteStream(options.stream());
      connection
          .createDispatcher(message ->
              connection.publish(message.getReplyTo(), notStored.getBytes(StandardCharsets.UTF_8)))
          .subscribe(Subjects.of(options.stream(), SENDER, RECEIVER));
      connection.flush(PATIENCE);
      assertThat(channel.append(Samples.routed(Samples.message("a"))))
          .failsWithin(PATIENCE)
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOfSatisfying(
              ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_ROUTING_003))
          .withMessageContaining("a copy of it is under way");
    } finally {
      connection.close();
    }
  }

  @Test
  void handling_longerThanTheServerWaits_isNotDeliveredTwice() throws Exception {
    append("slow");
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      var slow = listener.nextDelivery();
      awaitRedelivery();
      slow.settle();
      String next = append("next").getFirst();
      assertThat(listener.nextLine()).isEqualTo(next);
    }
  }

  @Test
  void settle_whileACopyIsOnItsWay_isNotDeliveredTwice() throws Exception {
    append("slow");
    try (Inbox _ = channels.listen(RECEIVER, holding("holdsTheThread"))) {
      Delivery slow = listener.nextDelivery();
      append("holdsTheThread");
      assertThat(listener.nextLine()).contains("req_holdsTheThread");
      awaitRedelivery(); // The copy waits behind what the listener holds.
      slow.settle();
      released.countDown();
      String next = append("next").getFirst();
      assertThat(listener.nextLine()).isEqualTo(next);
    }
  }

  private void awaitRelease() {
    try {
      assertThat(released.await(240, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Keeps the inbox's thread once it has handed on the line of {@code taskId}. */
  private InboxListener holding(String taskId) {
    return new InboxListener() {
      @Override
      public void onLine(Delivery delivery) {
        listener.onLine(delivery);
        if (new String(delivery.line(), StandardCharsets.UTF_8).contains(taskId)) {
          awaitRelease();
        }
      }

      @Override
      public void onMalformed(BadInput input) {
        listener.onMalformed(input);
      }
    };
  }

  private void awaitRedelivery() throws Exception {
    Connection connection = Nats.connect(server.url());
    JetStreamManagement management = connection.jetStreamManagement();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> management.getConsumerInfo(options.stream(), "impl_001").getRedelivered() > 0);
    connection.close();
  }

  @Test
  void connect_noServer_saysSo() {
    assertThatThrownBy(() -> NatsChannels.connect("nats://127.0.0.1:1", options))
        .isInstanceOfSatisfying(
            ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_ROUTING_003))
        .hasMessageContaining("cannot connect");
  }

  @Test
  void archive_streamIsNotThere_isRefused() {
    assertThatThrownBy(() -> NatsArchive.connect(server.url(), "nobodys"))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("no agents have sent by this stream: stream=nobodys");
  }

  @Test
  void scan_closed_leavesNoConsumer() throws Exception {
    append("a");
    archive().scan(_ -> true, listener).close();
    Connection connection = Nats.connect(server.url());
    assertThat(connection.jetStreamManagement().getConsumerNames(options.stream())).isEmpty();
    connection.close();
  }

  @Test
  void connect_serverLetsNoLargeMessagesPass_isRefused() throws Exception {
    try (NatsServer small = NatsServer.start("max_payload: 1048576\n")) {
      assertThatThrownBy(() -> NatsChannels.connect(small.url(), options))
          .isInstanceOf(ChannelException.class)
          .hasMessageContaining("max_payload=1048576");
    }
  }
}
