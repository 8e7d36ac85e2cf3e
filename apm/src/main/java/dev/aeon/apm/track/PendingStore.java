package dev.aeon.apm.track;

import dev.aeon.apm.route.RoutedMessage;

/**
 * Remembers what is under way beyond the end of the process. Called from any thread; must not
 * throw.
 */
public interface PendingStore {
  /** Remembers nothing. */
  PendingStore NONE =
      new PendingStore() {
        @Override
        public void add(RoutedMessage message) {}

        @Override
        public void remove(DeliveryKey key) {}
      };

  /** A message sets out. */
  void add(RoutedMessage message);

  /** A message came to its end, good or bad. */
  void remove(DeliveryKey key);
}
