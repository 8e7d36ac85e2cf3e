package dev.aeon.apm.channel.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelContract;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.PushSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** SP channels keep the contract on every transport. */
class SpChannelTest {
  abstract static class OverSp extends ChannelContract {
    private PushSocket faultyPeer;

    abstract String url();

    @Override
    protected void inject(byte[] line) throws Exception {
      if (faultyPeer == null) {
        faultyPeer = PushSocket.open();
        faultyPeer.dial(url());
      }
      faultyPeer.send(line);
    }

    @AfterEach
    void closePeer() {
      if (faultyPeer != null) {
        faultyPeer.close();
      }
    }

    @Test
    void remind_messageWaitsForItsReceiver_saysSoUntilItIsTaken() throws Exception {
      RoutedMessage message = routed("a");
      MessageId id = message.message().messageId();
      try (Channel channel = channels.open(SENDER, RECEIVER)) {
        CompletableFuture<Void> append = channel.append(message);
        assertThat(channel.remind(id)).isTrue();
        try (Inbox _ = channels.listen(RECEIVER, listener)) {
          append.get(60, TimeUnit.SECONDS);
          assertThat(listener.nextLine()).isEqualTo(text(message));
          Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !channel.remind(id));
          assertThat(listener.hasMore()).isFalse();
        }
      }
    }

    @Test
    void open_unknownAgent_isUnavailable() {
      Channels nowhere = SpChannels.at(Map.of());
      assertThatThrownBy(() -> nowhere.open(SENDER, RECEIVER))
          .isInstanceOfSatisfying(
              ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_ROUTING_003));
    }

    @Test
    void listen_addressInUse_isUnavailable() {
      try (var _ = channels.listen(RECEIVER, listener)) {
        assertThatThrownBy(() -> channels.listen(RECEIVER, listener))
            .isInstanceOf(ChannelException.class)
            .hasMessageContaining("cannot listen");
      }
    }
  }

  @Nested
  class Inproc extends OverSp {
    @Override
    protected Channels channels() {
      return SpChannels.inproc("test");
    }

    @Override
    String url() {
      return "inproc://test/" + RECEIVER;
    }
  }

  @Nested
  class Ipc extends OverSp {
    @Override
    protected Channels channels() {
      return SpChannels.ipc(directory);
    }

    @Override
    String url() {
      return "ipc://" + directory + "/" + RECEIVER + ".sock";
    }
  }

  @Nested
  class SharedMemory extends OverSp {
    @Override
    protected Channels channels() {
      return SpChannels.at(agent -> Optional.of("shm://" + directory.resolve(agent.value())));
    }

    @Override
    String url() {
      return "shm://" + directory.resolve(RECEIVER.value());
    }
  }

  @Nested
  class Tcp extends OverSp {
    private final Map<AgentId, String> urls = new HashMap<>();

    @Override
    protected Channels channels() throws Exception {
      urls.put(RECEIVER, freeUrl());
      urls.put(Samples.OTHER.agentId(), freeUrl());
      return SpChannels.at(urls);
    }

    @Override
    String url() {
      return urls.get(RECEIVER);
    }

    private static String freeUrl() throws IOException {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + free.getLocalPort();
      }
    }
  }
}
