package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes to one subject; at most {@value #MAX_UNCONFIRMED} messages wait for confirmation. */
final class NatsChannel implements Channel {
  private static final int MAX_UNCONFIRMED = 1024;
  private static final int STREAM_IS_FULL = 10077;

  private final JetStream jetStream;
  private final String subject;
  private final Duration timeout;
  private final Semaphore room = new Semaphore(MAX_UNCONFIRMED);
  private volatile boolean closed;

  NatsChannel(JetStream jetStream, String subject, Duration timeout) {
    this.jetStream = jetStream;
    this.subject = subject;
    this.timeout = timeout;
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
      return publish(message).handle((_, failure) -> settle(failure));
    } catch (IllegalStateException | IllegalArgumentException e) {
      room.release();
      return CompletableFuture.failedFuture(failure(e));
    }
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
  private synchronized CompletableFuture<?> publish(RoutedMessage message) {
    PublishOptions options = PublishOptions.builder().messageId(key(message)).build();
    return jetStream
        .publishAsync(subject, message.line(), options)
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What the server knows a message again by; one that is sent again on purpose is another. */
  private static String key(RoutedMessage message) {
    return message.message().messageId()
        + "/"
        + message.target().agentId()
        + "/"
        + message.message().envelope().metadata().retryCount();
  }

  private @Nullable Void settle(@Nullable Throwable failure) {
    room.release();
    if (failure != null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      throw failure(cause == null ? failure : cause);
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
