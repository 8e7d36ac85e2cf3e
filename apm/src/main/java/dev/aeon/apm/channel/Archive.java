package dev.aeon.apm.channel;

import java.util.List;
import java.util.function.Predicate;

/**
 * What channels keep, for those who only look at it: nothing is made, locked, taken or settled.
 * Safe for use by many threads; what it opens is confined to one each.
 */
public interface Archive {
  /**
   * The channels that hold something, by name.
   *
   * @throws ChannelException where they cannot be listed
   */
  List<ChannelName> channels();

  /**
   * Looks at a channel that {@link #channels} named.
   *
   * @throws ChannelException where it cannot be read
   */
  ChannelStatus status(ChannelName name);

  /**
   * Reads the channels that {@code wanted} holds for, those made later too, each from its first
   * message that is kept.
   *
   * @param listener called by {@link Scan#advance}; what it is given needs no settling
   * @throws ChannelException where they cannot be read
   */
  Scan scan(Predicate<ChannelName> wanted, InboxListener listener);

  /**
   * As {@link #scan}, but passes over as much as it can of what lies before the last {@code
   * lineCount} messages of each channel that is there already.
   */
  Scan scanLast(int lineCount, Predicate<ChannelName> wanted, InboxListener listener);
}
