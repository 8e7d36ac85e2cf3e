package dev.aeon.apm.channel.sp;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.internal.Causes;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.Message;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.SpOptions;
import dev.aeon.sp.TlsConfig;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A PUSH socket with one dialer. Where the receiver is away or slow, a limited number of bytes
 * waits for it; what is appended beyond fails with E_SYSTEM_003 instead of blocking.
 */
final class SpChannel implements Channel {
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private static final long MAX_RELAYED_BYTES = 4L << 20;

  private final PushSocket socket;
  private final long maxWaitingBytes;
  private final AtomicLong waitingBytes = new AtomicLong();

  /** What no receiver has taken yet. */
  private final Set<MessageId> waiting = ConcurrentHashMap.newKeySet();

  private SpChannel(PushSocket socket, long maxWaitingBytes) {
    this.socket = socket;
    this.maxWaitingBytes = maxWaitingBytes;
  }

  static SpChannel dial(String url, Optional<TlsConfig> tls) {
    return dial(url, tls, false, MAX_WAITING_BYTES);
  }

  /** For what need not arrive: nothing waits for a receiver that is away. */
  static SpChannel dialForRelay(String url, Optional<TlsConfig> tls) {
    return dial(url, tls, true, MAX_RELAYED_BYTES);
  }

  private static SpChannel dial(
      String url, Optional<TlsConfig> tls, boolean failsWithoutPeer, long maxWaitingBytes) {
    PushSocket socket = PushSocket.open();
    try {
      tls.ifPresent(config -> socket.set(SpOptions.TLS, config));
      socket.set(SpOptions.FAIL_WITHOUT_PEER, failsWithoutPeer);
      socket.dial(url);
      return new SpChannel(socket, maxWaitingBytes);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  @SuppressWarnings("MustBeClosed") // handed over
  public CompletableFuture<Void> append(RoutedMessage message) {
    MessageId messageId = message.message().messageId();
    waiting.add(messageId);
    return send(Message.copyOf(message.line())).whenComplete((_, _) -> waiting.remove(messageId));
  }

  /** Its receiver cannot be woken, but takes it as soon as it is there; what it took we forget. */
  @Override
  public boolean remind(MessageId messageId) {
    return waiting.contains(messageId);
  }

  /** Sends a message, which it takes over. */
  CompletableFuture<Void> send(Message message) {
    long byteSize = message.byteSize();
    if (waitingBytes.addAndGet(byteSize) > maxWaitingBytes) {
      waitingBytes.addAndGet(-byteSize);
      message.close();
      return CompletableFuture.failedFuture(
          new ChannelException(
              ErrorCode.E_SYSTEM_003,
              "too much waits for the receiver: limitBytes=" + maxWaitingBytes));
    }
    return socket
        .sendAsync(message)
        .handle((_, failure) -> {
          message.close();
          return settle(byteSize, failure);
        });
  }

  @Override
  public void close() {
    socket.close();
  }

  private @Nullable Void settle(long byteSize, @Nullable Throwable failure) {
    waitingBytes.addAndGet(-byteSize);
    if (failure != null) {
      throw new ChannelException(
          ErrorCode.E_ROUTING_003, "not sent: cause=" + Causes.of(failure), failure);
    }
    return null;
  }
}
