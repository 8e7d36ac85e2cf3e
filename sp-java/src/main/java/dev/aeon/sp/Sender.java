package dev.aeon.sp;

import java.util.concurrent.CompletableFuture;

/** What messages are sent with: a socket or a context, by the rules of its pattern. Thread-safe. */
public sealed interface Sender
    permits BusSocket,
        Pair1Socket,
        PairSocket,
        PolyPairSocket,
        PubSocket,
        PushSocket,
        RawSocket,
        RepContext,
        RepSocket,
        ReqContext,
        ReqSocket,
        RespondentContext,
        RespondentSocket,
        SurveyorContext,
        SurveyorSocket {
  /**
   * Sends, waiting where the pattern waits. The message is the socket's from then on; a send that
   * fails gives it back.
   *
   * @throws SpTimeoutException if the send timeout passed
   * @throws SpClosedException if the socket or context is closed, or becomes so
   * @throws SpInterruptedException if the waiting thread was interrupted
   * @throws SpStateException if the pattern does not allow a send now
   * @throws SpNoPeerException if nobody is connected and {@link SpOptions#FAIL_WITHOUT_PEER} is set
   * @throws IllegalStateException if the message was sent or closed before
   */
  default void send(Message message) {
    Exchange.of(this).send(message);
  }

  /** Sends a copy of {@code body}, as {@link #send(Message)}. */
  default void send(byte[] body) {
    Exchange.of(this).send(body);
  }

  /**
   * As {@link #send(Message)}, without waiting. Cancelling the future withdraws the send: unless it
   * has already happened, it then never does, and the message is given back.
   */
  default CompletableFuture<Void> sendAsync(Message message) {
    return Exchange.of(this).sendAsync(message);
  }
}
