package dev.aeon.apm.store;

import dev.aeon.apm.message.Message;
import java.util.function.Predicate;

/**
 * Which messages were handled, so that none is handled again (section 6.3). Called from several
 * threads.
 */
public interface ProcessedMessages extends AutoCloseable {
  /** Whether the message was handled. */
  boolean contains(DeduplicationKey key);

  /**
   * The message was handled; called after the handler returned, and again where it or the {@link
   * #commit} after it failed. From then on {@link #contains} is true, for at least 24 hours and
   * twice the message's time to live.
   */
  void add(DeduplicationKey key, Message message);

  /** Whether {@link #commit} waits for storage, so that it is called once for many messages. */
  default boolean isGrouped() {
    return false;
  }

  /**
   * Makes what was added survive the machine; called before any of it is acknowledged. Where it
   * throws nothing is, and it is called again a moment later.
   */
  default void commit() {}

  @Override
  void close();

  /** Knows the last {@value MemoryProcessed#MAX_ENTRIES} messages until the process ends. */
  static ProcessedMessages inMemory() {
    return new MemoryProcessed();
  }

  /**
   * For handlers that take effect once alone: they write the key themselves, in the transaction in
   * which they take effect, and this only asks whether it was committed.
   *
   * @param isCommitted whether the key is there; asked on the bus's receive thread
   */
  static ProcessedMessages ofHandlersTransaction(Predicate<DeduplicationKey> isCommitted) {
    return new ProcessedMessages() {
      @Override
      public boolean contains(DeduplicationKey key) {
        return isCommitted.test(key);
      }

      @Override
      public void add(DeduplicationKey key, Message message) {}

      @Override
      public void close() {}
    };
  }
}
