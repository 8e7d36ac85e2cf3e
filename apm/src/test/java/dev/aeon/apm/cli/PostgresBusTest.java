package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.postgres.PostgresChannels;
import dev.aeon.apm.channel.postgres.PostgresOptions;
import dev.aeon.apm.channel.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands over PostgreSQL. */
class PostgresBusTest extends BusContract {
  private static PostgresServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @AfterEach
  void empty() throws Exception {
    closeAgent();
    server.execute("DROP TABLE apm_messages");
  }

  @Override
  String url() {
    return server.url();
  }

  @Override
  Channels channels() {
    return new PostgresChannels(server.dataSource(), PostgresOptions.defaults());
  }

  @Override
  void inject(byte[] line) throws Exception {
    server.insert(Samples.MANAGER.agentId(), Samples.WORKER.agentId(), line);
  }

  @Test
  void database_withoutMessages_isSaidToBeSo() throws Exception {
    server.execute("DROP TABLE apm_messages");
    CommandRun run = apm("tail");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no agents have sent by this database");
    channels();
  }
}
