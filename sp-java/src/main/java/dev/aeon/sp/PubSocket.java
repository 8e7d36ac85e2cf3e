package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Pub0Machine;
import java.util.concurrent.CompletableFuture;

/** PUB: sends each message to every connected subscriber that keeps up. */
public final class PubSocket extends SpSocket {
  private PubSocket(SocketCore core) {
    super(core);
    addSendOptions();
    Pub0Machine machine = core.machine(Pub0Machine.class);
    option(SpOptions.SEND_QUEUE, machine::setQueueCount);
  }

  public static PubSocket open() {
    return new PubSocket(
        new SocketCore(effects -> new Pub0Machine(effects, SpOptions.SEND_QUEUE.defaultValue())));
  }

  /**
   * Sends to all who are connected; never waits.
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
