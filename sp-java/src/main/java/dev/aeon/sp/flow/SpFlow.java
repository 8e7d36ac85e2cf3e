package dev.aeon.sp.flow;

import dev.aeon.sp.Message;
import dev.aeon.sp.Receiver;
import dev.aeon.sp.Sender;
import java.util.concurrent.Flow;

/** Adapters between sockets and reactive streams. */
public final class SpFlow {
  private SpFlow() {}

  /**
   * What {@code receiver} receives, as a stream. It receives only what subscribers have asked for,
   * so that a slow one holds the peers back as the pattern does; several subscribers share the
   * messages. A stream completes when the socket or context is closed, and fails as a receive does.
   * Messages are the subscriber's to close. Cancelling withdraws the receive that is under way.
   */
  public static Flow.Publisher<Message> publisher(Receiver receiver) {
    return subscriber -> ReceivingSubscription.start(receiver, subscriber);
  }

  /**
   * Sends every message of a stream by {@code sender}, with at most {@code inFlight} sends under
   * way. A send that fails cancels the stream; {@link SendingSubscriber#completion} tells.
   *
   * @param inFlight from 1
   */
  public static SendingSubscriber subscriber(Sender sender, int inFlight) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("nothing could be sent: inFlight=" + inFlight);
    }
    return new SendingSubscriber(sender, inFlight);
  }
}
