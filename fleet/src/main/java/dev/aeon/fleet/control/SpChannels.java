package dev.aeon.fleet.control;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.SpClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** APM channels over SP: every agent pulls at its own URL, and whoever has something pushes. */
final class SpChannels implements Channels {
  private final Function<AgentId, String> urlOf;

  private SpChannels(Function<AgentId, String> urlOf) {
    this.urlOf = urlOf;
  }

  static Channels over(Function<AgentId, String> urlOf) {
    return new SpChannels(urlOf);
  }

  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    PushSocket socket = PushSocket.open();
    socket.dial(urlOf.apply(receiver));
    return new Channel() {
      @Override
      public CompletableFuture<Void> append(RoutedMessage message) {
        return socket.sendAsync(Message.copyOf(message.line()));
      }

      @Override
      public void close() {
        socket.close();
      }
    };
  }

  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    PullSocket socket = PullSocket.open();
    String url = socket.listen(urlOf.apply(receiver)).url();
    Thread.ofPlatform()
        .name("apm-" + receiver.value())
        .daemon()
        .start(() -> deliver(socket, url, listener));
    return socket::close;
  }

  private static void deliver(PullSocket socket, String url, InboxListener listener) {
    try {
      for (long count = 0; ; count++) {
        try (Message message = socket.receive()) {
          listener.onLine(new Source(url, count), message.toByteArray());
        }
      }
    } catch (SpClosedException closed) {
      // The bus closes.
    }
  }
}
