package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.internal.Causes;
import dev.aeon.apm.internal.CopyKey;
import dev.aeon.apm.internal.NewestPositions;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes to one subject; at most {@value #MAX_UNCONFIRMED} messages wait for confirmation. */
final class NatsChannel implements Channel {
  private static final int MAX_UNCONFIRMED = 1024;
  private static final int STREAM_IS_FULL = 10077;
  private static final long NOT_STORED = 0;

  private static final Logger LOG = LoggerFactory.getLogger(NatsChannel.class);

  private final JetStream jetStream;
  private final ChannelName name;
  private final String subject;
  private final Duration timeout;
  private final Consumption consumption;

  /** The stream's sequences of what was stored. */
  private final NewestPositions stored = new NewestPositions();

  private final Semaphore room = new Semaphore(MAX_UNCONFIRMED);

  /** Whether what channels before this one stored is among it; guarded by it. */
  private boolean knowsEarlier;

  private volatile boolean closed;

  NatsChannel(
      JetStream jetStream,
      ChannelName name,
      String subject,
      Duration timeout,
      Consumption consumption) {
    this.jetStream = jetStream;
    this.name = name;
    this.subject = subject;
    this.timeout = timeout;
    this.consumption = consumption;
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage message) {
    room.acquireUninterruptibly();
    if (closed) {
      room.release();
      return CompletableFuture.failedFuture(
          new ChannelException(ErrorCode.E_ROUTING_003, "channel is closed: subject=" + subject));
    }
    try {
      return publish(message)
          .thenAccept(ack -> stored.put(message.message().messageId(), sequence(ack)))
          .handle((_, failure) -> settle(failure));
    } catch (IllegalStateException | IllegalArgumentException e) {
      room.release();
      return CompletableFuture.failedFuture(failure(e));
    }
  }

  /** The server wakes the receiver by itself; all there is to do is to ask it. */
  @Override
  public boolean remind(MessageId messageId) {
    try {
      OptionalLong sequence = sequenceOf(messageId);
      return sequence.isPresent() && consumption.isBefore(sequence.getAsLong());
    } catch (IOException | JetStreamApiException | IllegalStateException | ChannelException e) {
      LOG.debug("cannot tell whether it was settled: messageId={}", messageId, e);
      return false;
    }
  }

  /** What a channel before this one stored is looked for once, when it is first asked for. */
  private OptionalLong sequenceOf(MessageId messageId) throws IOException, JetStreamApiException {
    synchronized (stored) {
      if (!knowsEarlier && stored.find(messageId).isEmpty()) {
        consumption.findUnsettled(name, stored);
        knowsEarlier = true;
      }
    }
    return stored.find(messageId);
  }

  /** Waits for confirmations that are due. */
  @Override
  public void close() {
    closed = true;
    try {
      if (room.tryAcquire(MAX_UNCONFIRMED, timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        room.release(MAX_UNCONFIRMED);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** In the caller's order: the connection sends what was published first first. */
  private synchronized CompletableFuture<PublishAck> publish(RoutedMessage message) {
    PublishOptions options = PublishOptions.builder().messageId(key(message)).build();
    return jetStream
        .publishAsync(subject, message.line(), options)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Where the message is stored. Servers of version 2.10 acknowledge a copy of a message that their
   * leader has taken and not stored yet, with no place in the stream.
   */
  private static long sequence(PublishAck ack) {
    if (ack.getSeqno() == NOT_STORED) {
      throw new IllegalStateException("a copy of it is under way");
    }
    return ack.getSeqno();
  }

  /** What the server knows a message again by, in all channels of the stream. */
  private String key(RoutedMessage message) {
    return subject + "/" + CopyKey.of(message);
  }

  private @Nullable Void settle(@Nullable Throwable failure) {
    room.release();
    if (failure != null) {
      throw failure(Causes.of(failure));
    }
    return null;
  }

  private ChannelException failure(Throwable cause) {
    boolean isFull =
        cause instanceof JetStreamApiException e && e.getApiErrorCode() == STREAM_IS_FULL;
    return new ChannelException(
        isFull ? ErrorCode.E_SYSTEM_002 : ErrorCode.E_ROUTING_003,
        "not stored: subject=" + subject + " cause=" + cause,
        cause);
  }
}
