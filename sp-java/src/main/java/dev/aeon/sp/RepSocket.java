package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Rep0Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** REP: receives a request, then sends its one reply. */
public final class RepSocket extends SpSocket {
  private RepSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Rep0Machine machine = core.machine(Rep0Machine.class);
    option(SpOptions.MAX_HOPS, machine::setMaxHopCount);
  }

  public static RepSocket open() {
    return new RepSocket(
        new SocketCore(effects -> new Rep0Machine(effects, SpOptions.MAX_HOPS.defaultValue())));
  }

  /**
   * Replies to the request received last; a reply to a peer that has gone is discarded.
   *
   * @throws SpStateException if no request was received since the last reply
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

  /**
   * Takes the next request, waiting for one, and forgets the one before.
   *
   * @throws SpStateException if another receive waits already
   */
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
