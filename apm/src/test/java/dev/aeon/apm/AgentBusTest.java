package dev.aeon.apm;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.nats.NatsChannels;
import dev.aeon.apm.channel.nats.NatsOptions;
import dev.aeon.apm.channel.nats.NatsServer;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.channel.postgres.PostgresChannels;
import dev.aeon.apm.channel.postgres.PostgresOptions;
import dev.aeon.apm.channel.postgres.PostgresServer;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.sp.PushSocket;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  @Nested
  class OverIpc extends AgentBusContract {
    @Override
    Channels channels() {
      return SpChannels.ipc(directory);
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) {
      try (PushSocket peer = PushSocket.open()) {
        peer.dial("ipc://" + directory + "/impl_001.sock");
        peer.send(line);
      }
    }
  }

  @Nested
  class OverInproc extends AgentBusContract {
    @Override
    Channels channels() {
      return SpChannels.inproc("bus");
    }

    @Override
    void inject(AgentIdentity sender, byte[] line) {
      try (PushSocket peer = PushSocket.open()) {
        peer.dial("inproc://bus/impl_001");
        peer.send(line);
      }
    }
  }

  @Nested
  class OverNats extends AgentBusContract {
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static NatsServer server;
    private final String stream = "bus" + STREAMS.incrementAndGet();
    private NatsChannels connected;

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
      Connection connection = Nats.connect(server.url());
      connection.jetStream().publish(stream + ".impl_001." + sender.agentId(), line);
      connection.close();
    }

    @Override
    void disconnect() {
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
    void disconnect() throws Exception {
      server.execute("DROP TABLE apm_messages");
    }
  }
}
