package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.SpAddressException;
import dev.aeon.sp.SpOptions;
import java.util.concurrent.CompletableFuture;

/** A channel that is ours, by which guests send too. */
final class OwnedChannel implements Channel {
  /** Above what a guest puts into a frame. */
  private static final long MAX_FRAME_BYTE_SIZE = 4L << 20;

  private final Channel channel;
  private final RepSocket socket;
  private final Service service;
  private final Thread thread;

  private OwnedChannel(Way way, Channel channel, RepSocket socket) {
    this.channel = channel;
    this.socket = socket;
    this.service = new Service(way, channel, socket);
    this.thread = Thread.ofPlatform().daemon().name("apm-serve-" + way.name()).unstarted(service);
  }

  /**
   * Opens the channel and begins to serve.
   *
   * @throws ChannelException E_SYSTEM_004 where another owns it, else as the channel has it or
   *     E_ROUTING_003 where guests could not be served
   */
  static OwnedChannel open(Way way) {
    Channel channel = way.kept().open(way.sender(), way.receiver());
    RepSocket socket = RepSocket.open();
    try {
      socket.set(SpOptions.MAX_RECEIVE_SIZE, MAX_FRAME_BYTE_SIZE);
      var _ = socket.listen(way.url());
      OwnedChannel owned = new OwnedChannel(way, channel, socket);
      owned.thread.start();
      return owned;
    } catch (SpAddressException e) {
      socket.close();
      channel.close();
      throw new ChannelException(
          ErrorCode.E_ROUTING_003, "cannot serve guests: url=" + way.url() + " cause=" + e, e);
    }
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage message) {
    return channel.append(message);
  }

  @Override
  public boolean remind(MessageId messageId) {
    return channel.remind(messageId);
  }

  /** The request that is being served gets its answer, and guests find the socket gone. */
  @Override
  public void close() {
    service.end();
    Threads.join(thread);
    socket.close();
    channel.close();
  }
}
