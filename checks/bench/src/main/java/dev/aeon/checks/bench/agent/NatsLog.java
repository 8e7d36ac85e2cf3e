package dev.aeon.checks.bench.agent;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A JetStream stream in files, published to as jnats shows it. */
final class NatsLog implements Log {
  private final Connection connection;
  private final JetStream jetStream;
  private final String subject;

  NatsLog(String url, String stream)
      throws IOException, InterruptedException, JetStreamApiException {
    this.connection = Nats.connect(url);
    this.subject = stream + ".message";
    makeStream(connection, stream, subject);
    this.jetStream = connection.jetStream();
  }

  static void makeStream(Connection connection, String stream, String... subjects)
      throws IOException, JetStreamApiException {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(stream)
                .subjects(subjects)
                .storageType(StorageType.File)
                .build());
  }

  @Override
  public CompletableFuture<?> append() {
    return jetStream.publishAsync(subject, Texts.routed().line());
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
