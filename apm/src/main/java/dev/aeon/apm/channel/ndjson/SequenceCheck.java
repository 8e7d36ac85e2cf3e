package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.SequenceGap;
import dev.aeon.apm.channel.Source;

/**
 * Holds the numbers of a channel's lines to follow on each other, and tells a listener where they
 * do not. Lines without a number count too, once one had one. Confined to one thread.
 */
final class SequenceCheck {
  private final String channelName;
  private final InboxListener listener;
  private boolean isNumbered;

  /** The next line's number; unknown to a reader that begins within a channel. */
  private long expected;

  /**
   * Of a reader.
   *
   * @param position where it begins: the first line of a channel has the number 1
   */
  SequenceCheck(String channelName, long position, InboxListener listener) {
    this.channelName = channelName;
    this.listener = listener;
    this.expected = position == 0 ? 1 : SequenceNumber.NONE;
  }

  /** A line was read, which is not empty. */
  void read(long lineOffset, long number) {
    if (number == SequenceNumber.NONE) {
      expected = isNumbered ? expected + 1 : SequenceNumber.NONE;
      return;
    }
    if (expected != SequenceNumber.NONE && number != expected) {
      listener.onGap(new SequenceGap(new Source(channelName, lineOffset), expected, number));
    }
    isNumbered = true;
    expected = number + 1;
  }
}
