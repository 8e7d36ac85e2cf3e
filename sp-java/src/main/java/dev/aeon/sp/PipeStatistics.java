package dev.aeon.sp;

import dev.aeon.sp.core.PipeCounters;

/**
 * What was counted of one connection.
 *
 * @param messagesSent messages given to it
 * @param bytesSent their bytes, protocol headers included
 * @param messagesReceived messages that came from it
 * @param bytesReceived their bytes, protocol headers included
 * @param messagesDropped messages for it or from it that a rule of the pattern threw away
 * @param timesBlocked how often a message had to wait for the connection to take it
 * @param messagesQueued messages that wait for it now
 */
public record PipeStatistics(
    long messagesSent,
    long bytesSent,
    long messagesReceived,
    long bytesReceived,
    long messagesDropped,
    long timesBlocked,
    long messagesQueued) {

  static PipeStatistics of(PipeCounters counters) {
    return new PipeStatistics(
        counters.sent(),
        counters.sentBytes(),
        counters.received(),
        counters.receivedBytes(),
        counters.dropped(),
        counters.blocked(),
        counters.queued());
  }
}
