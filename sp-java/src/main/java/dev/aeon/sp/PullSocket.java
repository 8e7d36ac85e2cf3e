package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pull0Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** PULL: takes messages from all connected pushers in turn. */
public final class PullSocket extends SpSocket {
  private PullSocket(SocketCore core) {
    super(core);
    addReceiveOptions();
  }

  public static PullSocket open() {
    return new PullSocket(new SocketCore(Pull0Machine::new));
  }

  /** Takes the next message, waiting for one. */
  public Message receive() {
    return receiveBlocking();
  }

  /** As {@link #receive()}, waiting at the longest {@code timeout}; zero does not wait. */
  public Message receive(Duration timeout) {
    return receiveBlocking(timeout);
  }

  /** As {@link #receive()}, without waiting. */
  public CompletableFuture<Message> receiveAsync() {
    return receiveFuture();
  }
}
