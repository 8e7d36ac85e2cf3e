package dev.aeon.apm;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Channels that take nothing over while their storage is said to fail. */
final class FullChannels implements Channels {
  final AtomicInteger refused = new AtomicInteger();
  volatile boolean isFull;
  volatile ErrorCode code = ErrorCode.E_SYSTEM_002;
  private final Channels channels;

  FullChannels(Channels channels) {
    this.channels = channels;
  }

  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    Channel channel = channels.open(sender, receiver);
    return new Channel() {
      @Override
      public CompletableFuture<Void> append(RoutedMessage message) {
        if (isFull) {
          refused.incrementAndGet();
          return CompletableFuture.failedFuture(new ChannelException(code, "as the test says"));
        }
        return channel.append(message);
      }

      @Override
      public boolean remind(MessageId messageId) {
        return channel.remind(messageId);
      }

      @Override
      public void close() {
        channel.close();
      }
    };
  }

  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    return channels.listen(receiver, listener);
  }
}
