package dev.aeon.apm;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sending ends that a bus has open, at most {@value #MAX_CHANNELS}: a peer that keeps inventing
 * names cannot make us open more. One that failed is opened anew at the next message. Thread-safe.
 */
final class Outbox {
  private static final int MAX_CHANNELS = 1024;

  private final AgentId self;
  private final Channels channels;
  private final Map<AgentId, Channel> open = new HashMap<>();
  private boolean closed;

  Outbox(AgentId self, Channels channels) {
    this.self = self;
    this.channels = channels;
  }

  /** Appends to the recipient's channel; never throws what the outside world does. */
  CompletableFuture<Void> append(RoutedMessage message) {
    AgentId receiver = message.target().agentId();
    try {
      Channel channel = channelTo(receiver);
      return channel
          .append(message)
          .whenComplete((_, failure) -> {
            if (failure != null && !isFull(failure)) {
              discard(receiver, channel);
            }
          });
    } catch (ChannelException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Wakes the recipient where the message, appended before, still waits for it in its channel.
   *
   * @return false where it does not, or nobody can say
   */
  boolean remind(RoutedMessage message) {
    try {
      return channelTo(message.target().agentId()).remind(message.message().messageId());
    } catch (ChannelException _) {
      return false; // Who appends next is told why.
    }
  }

  /** Closes the channel to {@code receiver}, where there is one. */
  void disconnect(AgentId receiver) {
    Channel channel = remove(receiver);
    if (channel != null) {
      channel.close();
    }
  }

  void close() {
    List<Channel> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.values());
      open.clear();
    }
    left.forEach(Channel::close);
  }

  private synchronized Channel channelTo(AgentId receiver) {
    if (closed) {
      throw new ChannelException(ErrorCode.E_ROUTING_003, "the bus is closed");
    }
    Channel channel = open.get(receiver);
    if (channel == null) {
      if (open.size() >= MAX_CHANNELS) {
        throw new ChannelException(
            ErrorCode.E_SYSTEM_003, "too many channels: limit=" + MAX_CHANNELS);
      }
      channel = channels.open(self, receiver);
      open.put(receiver, channel);
    }
    return channel;
  }

  private synchronized @Nullable Channel remove(AgentId receiver) {
    return open.remove(receiver);
  }

  private static boolean isFull(Throwable failure) {
    return failure instanceof ChannelException e && e.code() == ErrorCode.E_SYSTEM_003;
  }

  private void discard(AgentId receiver, Channel channel) {
    boolean ours;
    synchronized (this) {
      ours = open.remove(receiver, channel);
    }
    if (ours) {
      // Not here: this is the channel's own thread, which its close waits for.
      Thread.ofVirtual().name("apm-discard").start(channel::close);
    }
  }
}
