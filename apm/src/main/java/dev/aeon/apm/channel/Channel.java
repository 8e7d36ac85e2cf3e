package dev.aeon.apm.channel;

import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import java.util.concurrent.CompletableFuture;

/** The sending end from one agent to another. Safe for use by many threads. */
public interface Channel extends AutoCloseable {
  /**
   * Sends a message after those appended before it. May block while the channel is full.
   *
   * @return completes once the transport has taken the message over (a file channel: once it is on
   *     disk), or with a {@link ChannelException}; on a thread of the channel's, which dependents
   *     must not block
   */
  CompletableFuture<Void> append(RoutedMessage message);

  /**
   * Wakes the receiver where a message that was appended before still waits for it, not settled:
   * another copy of it would change nothing. The channel may have been closed since, by another
   * process too. May block for as long as it takes to read a file's end or to ask a server once.
   *
   * @return false where it does not wait any more, or the channel cannot say
   */
  default boolean remind(MessageId messageId) {
    return false;
  }

  /**
   * Sends what was appended, as far as that can be done without waiting for the other side, fails
   * the rest with a {@link ChannelException}, and frees everything. Again closing does nothing.
   */
  @Override
  void close();
}
