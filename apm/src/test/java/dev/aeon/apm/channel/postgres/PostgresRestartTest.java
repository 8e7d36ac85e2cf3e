package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.RestartedServerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A PostgreSQL server crashes, recovers and is there again. */
class PostgresRestartTest extends RestartedServerContract {
  private PostgresServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected Channels channels() {
    return new PostgresChannels(server.dataSource(), PostgresOptions.defaults());
  }

  @Override
  protected void kill() throws Exception {
    server.crash();
  }

  @Override
  protected void start() throws Exception {
    server.startAgain();
  }
}
