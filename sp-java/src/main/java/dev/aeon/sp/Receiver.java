package dev.aeon.sp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What messages are received with: a socket or a context, by the rules of its pattern. Thread-safe.
 */
public sealed interface Receiver
    permits BusSocket,
        Pair1Socket,
        PairSocket,
        PolyPairSocket,
        PullSocket,
        RawSocket,
        RepContext,
        RepSocket,
        ReqContext,
        ReqSocket,
        RespondentContext,
        RespondentSocket,
        SubContext,
        SubSocket,
        SurveyorContext,
        SurveyorSocket {
  /**
   * Takes the next message, waiting for it. It is the caller's to close.
   *
   * @throws SpTimeoutException if the receive timeout passed
   * @throws SpClosedException if the socket or context is closed, or becomes so
   * @throws SpInterruptedException if the waiting thread was interrupted
   * @throws SpStateException if the pattern does not allow a receive now
   */
  default Message receive() {
    return Exchange.of(this).receive();
  }

  /** As {@link #receive()}, waiting at the longest {@code timeout}; zero does not wait. */
  default Message receive(Duration timeout) {
    return Exchange.of(this).receive(timeout);
  }

  /**
   * As {@link #receive()}, into a message that owns nothing: one that was sent, closed, or is
   * {@link Message#empty}. Allocates nothing in steady state.
   *
   * @throws IllegalStateException if {@code into} is owned; no message is taken then
   */
  default void receive(Message into) {
    Exchange.of(this).receive(into);
  }

  /**
   * As {@link #receive()}, without waiting. Cancelling the future withdraws the receive: the
   * message then goes to the next who asks.
   */
  default CompletableFuture<Message> receiveAsync() {
    return Exchange.of(this).receiveAsync();
  }
}
