package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;

/**
 * Told what becomes of messages. Called on whatever thread brought it about, outside every lock;
 * must not block for long. What it throws is logged.
 */
public interface TrackerListener {
  /** A copy went from one state to another. */
  default void onState(DeliveryKey key, MessageState from, MessageState to) {}

  /** A message waits for its receiver to register (resolution 57). */
  default void onParked(DeliveryKey key) {}

  /** A message will be sent again. */
  default void onRetry(DeliveryKey key, int retry) {}

  /**
   * A message failed for good. Where this throws it is called again a second later, until it does
   * not; a store of pending messages keeps the message until then, so that a crash loses nothing.
   * What a user's listener throws is logged, but for a store's exceptions.
   */
  default void onFailure(Failure failure) {}

  /** An optional ACK never came (resolution 9): neither delivered nor failed, as far as we know. */
  default void onUnconfirmed(DeliveryKey key) {}

  /** A delivered message was not worked on within its time (resolution 13). */
  default void onCorrelationExpired(Message message, AgentIdentity receiver) {}
}
