package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.route.RoutedMessage;
import java.time.Instant;
import java.util.Optional;

/** Remembers what is under way beyond the end of the process. Called from any thread. */
public interface PendingStore {
  /** A message that set out, and to whom. */
  record Pending(Message message, AgentIdentity receiver) {}

  /**
   * A message that came to its end.
   *
   * @param isRequest whether it asks for more than an acknowledgement
   * @param due of a request that may be responded to, when that is late, unless it was told
   */
  record Ended(
      DeliveryKey key,
      String correlation,
      MessageState state,
      boolean isRequest,
      Optional<Instant> due) {}

  /** Remembers nothing. */
  PendingStore NONE =
      new PendingStore() {
        @Override
        public void add(RoutedMessage message) {}

        @Override
        public void end(DeliveryKey key, String correlation, MessageState state) {}
      };

  /**
   * A message sets out; it survives the process from then on.
   *
   * @throws RuntimeException where that cannot be: it does not set out then
   */
  void add(RoutedMessage message);

  /**
   * Makes what set out survive the machine too.
   *
   * @throws RuntimeException where that cannot be
   */
  default void force() {}

  /**
   * A message that was delivered, for as long as it may be refused after all; empty where it is not
   * kept so long. Does not throw.
   */
  default Optional<Pending> find(DeliveryKey key) {
    return Optional.empty();
  }

  /** That the response to a message is late was told, and need not be again. Does not throw. */
  default void told(DeliveryKey key) {}

  /**
   * A message came to its end, good or bad, or from one end to the next, in {@code state}. Does not
   * throw.
   */
  void end(DeliveryKey key, String correlation, MessageState state);
}
