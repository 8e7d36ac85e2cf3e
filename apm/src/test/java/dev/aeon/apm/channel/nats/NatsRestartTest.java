package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.RestartedServerContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A JetStream server of one dies and comes again. */
class NatsRestartTest extends RestartedServerContract {
  private final NatsOptions options =
      new NatsOptions(
          "apm",
          1,
          Duration.ofDays(1),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private NatsServer server;
  private NatsChannels channels;

  @BeforeEach
  void startServer() throws Exception {
    server = NatsServer.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    channels.close();
    server.close();
  }

  @Override
  protected Channels channels() {
    channels = NatsChannels.connect(server.url(), options);
    return channels;
  }

  @Override
  protected void kill() {
    server.kill();
  }

  @Override
  protected void start() throws Exception {
    server.startAgain();
  }
}
