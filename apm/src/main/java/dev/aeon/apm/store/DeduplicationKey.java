package dev.aeon.apm.store;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.MessageId;

/**
 * What makes two arrivals the same message (resolution 52). A handler that must take effect once
 * alone keeps it in the transaction in which it takes effect.
 *
 * @param epoch the sender's, zero where it does not say
 */
public record DeduplicationKey(AgentId sender, long epoch, MessageId messageId) {
  public static DeduplicationKey of(Message message) {
    return new DeduplicationKey(
        message.sender().agentId(), message.envelope().metadata().epoch(), message.messageId());
  }
}
