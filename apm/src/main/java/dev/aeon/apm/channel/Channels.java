package dev.aeon.apm.channel;

import dev.aeon.apm.message.AgentId;

/**
 * A way for agents to reach each other; what others implement to add a transport. Both methods are
 * called from any thread, may block for as long as opening takes, and hand over ownership of what
 * they return.
 */
public interface Channels {
  /**
   * Opens the sending end from {@code sender} to {@code receiver}. The receiver need not be there
   * yet.
   *
   * @throws ChannelException where it cannot be opened
   */
  Channel open(AgentId sender, AgentId receiver);

  /**
   * Starts to deliver to {@code listener} what others send to {@code receiver}.
   *
   * @throws ChannelException where receiving cannot start
   */
  Inbox listen(AgentId receiver, InboxListener listener);
}
