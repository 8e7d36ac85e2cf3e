package dev.aeon.sp;

import dev.aeon.sp.core.SocketCore;
import dev.aeon.sp.protocol.Req0Machine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * REQ: sends a request, then receives its reply. A new request abandons the one before; a request
 * whose peer is lost is sent to another.
 */
public final class ReqSocket extends SpSocket {
  private ReqSocket(SocketCore core) {
    super(core);
    addSendOptions();
    addReceiveOptions();
    Req0Machine machine = core.machine(Req0Machine.class);
    option(SpOptions.RESEND_TIME, value -> machine.setResendNanos(nanos(value)));
  }

  public static ReqSocket open() {
    return new ReqSocket(
        new SocketCore(effects ->
            new Req0Machine(
                effects,
                ThreadLocalRandom.current().nextInt(),
                nanos(SpOptions.RESEND_TIME.defaultValue()))));
  }

  /**
   * Sends a request to a replier that is ready, waiting for one.
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

  /**
   * Takes the reply, waiting for it.
   *
   * @throws SpStateException if no request is out, or another receive waits already
   * @throws SpCancelledException if another thread sends a new request meanwhile
   * @throws SpConnectionLostException if the replier is lost and resending is off
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
