package dev.aeon.checks.bench.agent;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A stream with a durable consumer each way: message, acknowledgement to the server, answer. */
final class NatsLink implements Link {
  private final Connection asking;
  private final Connection answering;
  private final JetStream jetStream;
  private final String message;
  private final Semaphore answered = new Semaphore(0);

  NatsLink(String url, String stream)
      throws IOException, InterruptedException, JetStreamApiException {
    asking = Nats.connect(url);
    answering = Nats.connect(url);
    message = stream + ".message";
    String answer = stream + ".answer";
    NatsLog.makeStream(asking, stream, message, answer);
    jetStream = asking.jetStream();
    JetStream back = answering.jetStream();
    consume(answering, message, received -> answer(back, answer, received));
    consume(asking, answer, _ -> answered.release());
  }

  @Override
  public void roundTrip() throws Exception {
    jetStream.publish(message, Texts.routed().line());
    if (!answered.tryAcquire(30, TimeUnit.SECONDS)) {
      throw new IOException("no answer");
    }
  }

  @Override
  public void close() {
    try {
      asking.close();
      answering.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(JetStream back, String subject, Message received) {
    CompletableFuture<PublishAck> _ = back.publishAsync(subject, received.getData());
  }

  private interface Reaction {
    void to(Message message);
  }

  private static void consume(Connection connection, String subject, Reaction reaction)
      throws IOException, JetStreamApiException {
    Dispatcher dispatcher = connection.createDispatcher();
    connection
        .jetStream()
        .subscribe(
            subject,
            dispatcher,
            received -> {
              reaction.to(received);
              received.ack();
            },
            false,
            PushSubscribeOptions.builder().durable(subject.replace('.', '_')).build());
  }
}
