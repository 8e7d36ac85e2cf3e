package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.internal.ReceivedLine;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ordered consumer, which acknowledges nothing and is the server's for as long as it is read.
 */
final class NatsScan implements Scan {
  private static final Logger LOG = LoggerFactory.getLogger(NatsScan.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration NO_WAIT = Duration.ofMillis(1);

  private final Connection connection;
  private final String stream;
  private final JetStreamSubscription messages;
  private final Predicate<ChannelName> wanted;
  private final InboxListener listener;

  /** How many messages the server is known to have for us still. */
  private long waiting;

  private @Nullable Message next;
  private boolean closed;

  private NatsScan(
      Connection connection,
      String stream,
      JetStreamSubscription messages,
      long waiting,
      Predicate<ChannelName> wanted,
      InboxListener listener) {
    this.connection = connection;
    this.stream = stream;
    this.messages = messages;
    this.waiting = waiting;
    this.wanted = wanted;
    this.listener = listener;
  }

  static NatsScan open(
      Connection connection,
      String stream,
      long sequence,
      Predicate<ChannelName> wanted,
      InboxListener listener)
      throws IOException, JetStreamApiException {
    ConsumerConfiguration configuration =
        ConsumerConfiguration.builder()
            .deliverPolicy(DeliverPolicy.ByStartSequence)
            .startSequence(sequence)
            .build();
    PushSubscribeOptions options =
        PushSubscribeOptions.builder().stream(stream)
            .ordered(true)
            .configuration(configuration)
            .build();
    JetStreamSubscription messages =
        connection.jetStream().subscribe(Subjects.ofAll(stream), options);
    long waiting = messages.getConsumerInfo().getCalculatedPending();
    return new NatsScan(connection, stream, messages, waiting, wanted, listener);
  }

  @Override
  public boolean advance() {
    boolean isNews = false;
    try {
      for (Message message = take(); message != null; message = take()) {
        isNews |= deliver(message);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return isNews;
  }

  @Override
  public void await() throws InterruptedException {
    if (next == null) {
      next = messages.nextMessage(LOOK);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    String consumer = messages.getConsumerName();
    messages.unsubscribe();
    try {
      connection.jetStreamManagement().deleteConsumer(stream, consumer);
    } catch (IOException | JetStreamApiException | IllegalStateException e) {
      LOG.debug("the server will forget it by itself: consumer={}", consumer, e);
    }
  }

  /** The next message; nothing where the server has none, as far as it is known. */
  private @Nullable Message take() throws InterruptedException {
    Message message = next == null ? messages.nextMessage(waiting > 0 ? PATIENCE : NO_WAIT) : next;
    next = null;
    if (message != null) {
      waiting = message.metaData().pendingCount();
    } else if (waiting > 0) {
      throw new ChannelException(
          ErrorCode.E_ROUTING_003,
          "the server does not go on: stream=" + stream + " messagesLeft=" + waiting);
    }
    return message;
  }

  private boolean deliver(Message message) {
    Optional<ChannelName> channel = Subjects.channel(message.getSubject()).filter(wanted);
    channel.ifPresent(name -> {
      Source source = new Source(name.toString(), message.metaData().streamSequence());
      ReceivedLine.deliver(listener, source, message.getData(), () -> {});
    });
    return channel.isPresent();
  }
}
