package dev.aeon.apm.channel.sp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.FileChannelContract;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.AgentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Files with SP beside them keep the contract of channels that keep their messages. */
class SpRelayTest {
  abstract static class OverFilesAnd extends FileChannelContract {
    private final AtomicInteger relayed = new AtomicInteger();

    abstract SpChannels sockets();

    @Override
    protected Channels channels() {
      return new NdjsonChannels(apm(), _ -> {}).withRelay(counting(sockets().asRelay()));
    }

    @Test
    void append_receiverIsThere_linesComeByBothWaysAndOnceEach() throws Exception {
      try (Inbox _ = channels.listen(RECEIVER, listener);
          Channel channel = channels.open(SENDER, RECEIVER)) {
        for (int index = 0; relayed.get() < 50; index++) {
          channel.append(routed("n" + index)).get(60, TimeUnit.SECONDS);
          assertThat(listener.nextLine()).contains("\"req_n" + index + "\"");
        }
      }
      assertThat(listener.hasMore()).isFalse();
    }

    private Relay counting(Relay relay) {
      return new Relay() {
        @Override
        public Sending open(AgentId sender, AgentId receiver) {
          return relay.open(sender, receiver);
        }

        @Override
        public Inbox listen(AgentId receiver, Sink sink) {
          return relay.listen(
              receiver,
              line -> {
                relayed.incrementAndGet();
                sink.onLine(line);
              });
        }
      };
    }
  }

  @Nested
  class Ipc extends OverFilesAnd {
    @Override
    SpChannels sockets() {
      return SpChannels.ipc(directory);
    }
  }

  @Nested
  class Inproc extends OverFilesAnd {
    @Override
    SpChannels sockets() {
      return SpChannels.inproc("relay");
    }
  }

  @Nested
  class SharedMemory extends OverFilesAnd {
    @Override
    SpChannels sockets() {
      return SpChannels.at(agent -> Optional.of("shm://" + directory.resolve(agent.value())));
    }
  }

  @Nested
  class Tcp extends OverFilesAnd {
    private final Map<AgentId, String> urls = new ConcurrentHashMap<>();

    @Override
    SpChannels sockets() {
      return SpChannels.at(agent -> Optional.of(urls.computeIfAbsent(agent, _ -> freeUrl())));
    }

    private static String freeUrl() {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + free.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
