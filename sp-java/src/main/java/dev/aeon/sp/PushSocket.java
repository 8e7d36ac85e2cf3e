package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Push0Machine;
import java.util.concurrent.CompletableFuture;

/** PUSH: spreads messages over the connected pullers, each to one of them. */
public final class PushSocket extends SpSocket {
  private PushSocket(SocketCore core) {
    super(core);
    addSendOptions();
  }

  public static PushSocket open() {
    return new PushSocket(new SocketCore(Push0Machine::new));
  }

  /**
   * Sends to a puller that is ready, waiting for one.
   *
   * @throws IllegalStateException if the message was sent or closed before
   */
  public void send(Message message) {
    sendBlocking(message);
  }

  /** Sends a copy of {@code body}, as {@link #send(Message)}. */
  public void send(byte[] body) {
    sendBlocking(body);
  }

  /** As {@link #send(Message)}, without waiting. */
  public CompletableFuture<Void> sendAsync(Message message) {
    return sendFuture(message);
  }
}
