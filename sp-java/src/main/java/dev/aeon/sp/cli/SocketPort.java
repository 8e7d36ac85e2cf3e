package dev.aeon.sp.cli;

import static java.util.Objects.requireNonNull;

import dev.aeon.sp.Message;
import dev.aeon.sp.SpSocket;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket of whatever pattern, with the operations that it has.
 *
 * @param socket whose end ends this
 * @param sender sends a message, or null where the pattern does not
 * @param receiver waits for a message, or null where the pattern does not
 */
record SocketPort(
    SpSocket socket, @Nullable Consumer<Message> sender, @Nullable Supplier<Message> receiver)
    implements AutoCloseable {

  boolean sends() {
    return sender != null;
  }

  boolean receives() {
    return receiver != null;
  }

  void send(byte[] body) {
    try (Message message = Message.copyOf(body)) {
      requireNonNull(sender, "protocol does not send").accept(message);
    }
  }

  Message receive() {
    return requireNonNull(receiver, "protocol does not receive").get();
  }

  @Override
  public void close() {
    socket.close();
  }
}
