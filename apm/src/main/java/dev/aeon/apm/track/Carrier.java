package dev.aeon.apm.track;

import dev.aeon.apm.route.RoutedMessage;
import java.util.concurrent.CompletableFuture;

/** Takes messages to their channels. Called from any thread, outside the tracker's lock. */
@FunctionalInterface
public interface Carrier {
  /**
   * Hands a message to its channel.
   *
   * @return completes once the channel has taken it over, or with a {@link DeliveryException}
   */
  CompletableFuture<Void> append(RoutedMessage message);

  /**
   * Wakes the receiver where the message, sent before, still waits for it in its channel, so that
   * another copy would change nothing (resolution 8).
   *
   * @return false where it does not wait there, or nobody can say
   */
  default boolean remind(RoutedMessage message) {
    return false;
  }
}
