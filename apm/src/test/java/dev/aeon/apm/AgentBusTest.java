package dev.aeon.apm;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.nats.NatsArchive;
import dev.aeon.apm.channel.nats.NatsChannels;
import dev.aeon.apm.channel.nats.NatsOptions;
import dev.aeon.apm.channel.nats.NatsServer;
import dev.aeon.apm.channel.ndjson.NdjsonArchive;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.postgres.PostgresArchive;
import dev.aeon.apm.channel.postgres.PostgresChannels;
import dev.aeon.apm.channel.postgres.PostgresOptions;
import dev.aeon.apm.channel.postgres.PostgresServer;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.sp.PushSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The bus keeps its contract over every kind of channel. */
class AgentBusTest {
  @Nested
  class OverFiles extends AgentBusContract {
    @Override
    Channels channels() {
      return new NdjsonChannels(directory, _ -> {});
    }

    @Override
    Optional<Archive> archive() {
      return Optional.of(new NdjsonArchive(directory));
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) throws Exception {
      channels().open(sender.agentId(), Samples.WORKER.agentId()).close();
      Path messages =
          directory.resolve("channels/" + sender.agentId() + "_to_impl_001/messages.ndjson");
      Files.write(messages, line, StandardOpenOption.APPEND);
      Files.write(messages, new byte[] {'\n'}, StandardOpenOption.APPEND);
    }
  }

  @Nested
  class OverFilesAndIpc extends OverFiles {
    @Override
    Channels channels() {
      return new NdjsonChannels(directory, _ -> {}).withRelay(SpChannels.ipc(directory).asRelay());
    }
  }

  abstract static class OverSp extends AgentBusContract {
    abstract String url(AgentId agent);

    @Override
    Channels channels() {
      return SpChannels.at(agent -> Optional.of(url(agent)));
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) {
      try (PushSocket peer = PushSocket.open()) {
        peer.dial(url(Samples.WORKER.agentId()));
        peer.send(line);
      }
    }
  }

  @Nested
  class OverIpc extends OverSp {
    @Override
    String url(AgentId agent) {
      return "ipc://" + directory + "/" + agent + ".sock";
    }
  }

  @Nested
  class OverInproc extends OverSp {
    @Override
    String url(AgentId agent) {
      return "inproc://bus/" + agent;
    }
  }

  @Nested
  class OverSharedMemory extends OverSp {
    @Override
    String url(AgentId agent) {
      return "shm://" + directory.resolve(agent.value());
    }
  }

  @Nested
  class OverTcp extends OverSp {
    private final Map<AgentId, String> urls = new ConcurrentHashMap<>();

    @Override
    String url(AgentId agent) {
      return urls.computeIfAbsent(agent, _ -> freeUrl());
    }

    private static String freeUrl() {
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + free.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Nested
  class OverNats extends AgentBusContract {
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static NatsServer server;
    private final String stream = "bus" + STREAMS.incrementAndGet();
    private NatsChannels connected;
    private NatsArchive archive;

    @BeforeAll
    static void startServer() throws Exception {
      server = NatsServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
      server.close();
    }

    @Override
    Channels channels() {
      connected = NatsChannels.connect(server.url(), NatsOptions.defaults().withStream(stream));
      return connected;
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) throws Exception {
      server.publish(stream, sender.agentId(), Samples.WORKER.agentId(), line);
    }

    @Override
    Optional<Archive> archive() {
      archive = NatsArchive.connect(server.url(), stream);
      return Optional.of(archive);
    }

    @Override
    void disconnect() {
      if (archive != null) {
        archive.close();
      }
      connected.close();
    }
  }

  @Nested
  class OverPostgres extends AgentBusContract {
    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws Exception {
      server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
      server.close();
    }

    @Override
    Channels channels() {
      return new PostgresChannels(server.dataSource(), PostgresOptions.defaults());
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) throws Exception {
      server.insert(sender.agentId(), Samples.WORKER.agentId(), line);
    }

    @Override
    Optional<Archive> archive() {
      return Optional.of(new PostgresArchive(server.dataSource()));
    }

    @Override
    void disconnect() throws Exception {
      server.execute("DROP TABLE apm_messages");
    }
  }
}
