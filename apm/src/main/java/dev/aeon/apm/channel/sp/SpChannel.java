package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.Message;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.TlsConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A PUSH socket with one dialer. Where the receiver is away, at most {@value #MAX_WAITING_BYTES}
 * bytes wait for it; what is appended beyond fails with E_SYSTEM_003 instead of blocking.
 */
final class SpChannel implements Channel {
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private final PushSocket socket;
  private final AtomicLong waitingBytes = new AtomicLong();

  private SpChannel(PushSocket socket) {
    this.socket = socket;
  }

  static SpChannel dial(String url, Optional<TlsConfig> tls) {
    PushSocket socket = PushSocket.open();
    try {
      tls.ifPresent(config -> socket.set(SpOptions.TLS, config));
      socket.dial(url);
      return new SpChannel(socket);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage message) {
    byte[] line = message.line();
    if (waitingBytes.addAndGet(line.length) > MAX_WAITING_BYTES) {
      waitingBytes.addAndGet(-line.length);
      return CompletableFuture.failedFuture(
          new ChannelException(
              ErrorCode.E_SYSTEM_003,
              "too much waits for the receiver: limitBytes=" + MAX_WAITING_BYTES));
    }
    return send(line).handle((_, failure) -> settle(line.length, failure));
  }

  @Override
  public void close() {
    socket.close();
  }

  @SuppressWarnings("MustBeClosed") // the socket owns what it is given
  private CompletableFuture<Void> send(byte[] line) {
    Message message = Message.copyOf(line);
    return socket.sendAsync(message).whenComplete((_, _) -> message.close());
  }

  private @Nullable Void settle(int byteSize, @Nullable Throwable failure) {
    waitingBytes.addAndGet(-byteSize);
    if (failure != null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      throw new ChannelException(ErrorCode.E_ROUTING_003, "not sent: cause=" + cause, failure);
    }
    return null;
  }
}
