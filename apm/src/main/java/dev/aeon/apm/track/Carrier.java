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
}
