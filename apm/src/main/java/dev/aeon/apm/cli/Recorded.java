package dev.aeon.apm.cli;

import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.message.Message;
import java.util.Comparator;

/**
 * A message as it lies in a channel.
 *
 * @param position where its line begins
 */
record Recorded(ChannelName channel, long position, Message message) {
  /**
   * By the senders' clocks; at one time, questions before answers, and within a channel as they
   * lie.
   */
  static final Comparator<Recorded> BY_TIME =
      Comparator.comparing((Recorded each) -> each.message.envelope().timestamp())
          .thenComparing(each -> !each.message.type().isAcknowledged())
          .thenComparing(each -> each.channel.toString())
          .thenComparingLong(Recorded::position);

  boolean isRetry() {
    return message.envelope().metadata().retryCount() > 0;
  }
}
