package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.MessageId;

/** One copy of a message: copies of a broadcast share their id (resolution 20). */
public record DeliveryKey(MessageId messageId, AgentId receiver) {}
