package dev.aeon.apm.channel.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Options;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what a connection does in the background, which else goes to the console. */
final class ConnectionLog implements ErrorListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);

  /** For a server that is busy to accept a connection, or to answer a question. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ConnectionLog() {}

  static Options addTo(Options.Builder options) {
    return options.errorListener(new ConnectionLog()).connectionTimeout(PATIENCE).build();
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    LOG.warn("the server says: server={} error={}", connection.getConnectedUrl(), error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.debug("connecting goes on", exception);
  }

  @Override
  public void slowConsumerDetected(Connection connection, Consumer consumer) {
    LOG.warn("messages come faster than they are taken: server={}", connection.getConnectedUrl());
  }
}
