package dev.aeon.apm.channel;

import dev.aeon.apm.message.AgentId;

/**
 * A fast way beside channels that keep their lines. What goes by it is a copy of a line that is
 * kept already, so that a relay may lose, repeat and reorder: the reader tells by a line's position
 * whether it is the next, and looks into what is kept where it is not. What others implement to
 * speed a log up. Thread-safe.
 */
public interface Relay {
  /**
   * Opens the sending end from {@code sender} to {@code receiver}, which need not be there. Does
   * not wait for it.
   *
   * @throws ChannelException where there is no way to {@code receiver}
   */
  Sending open(AgentId sender, AgentId receiver);

  /**
   * Starts to hand what arrives for {@code receiver} to {@code sink}, until the inbox is closed.
   *
   * @throws ChannelException where receiving cannot start
   */
  Inbox listen(AgentId receiver, Sink sink);

  /** The sending end, used by one thread at a time. */
  interface Sending extends AutoCloseable {
    /**
     * Passes a line on, or drops it where that would take waiting.
     *
     * @param position of its first byte in the channel
     */
    void offer(long position, byte[] line);

    @Override
    void close();
  }

  /** Takes what arrives. Called on one thread of the relay's; must not throw. */
  interface Sink {
    void onLine(RelayedLine line);
  }
}
