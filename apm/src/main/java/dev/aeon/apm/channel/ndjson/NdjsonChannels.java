package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.message.AgentId;
import java.nio.file.Path;

/**
 * Channels below {@code channels/} of one directory, by custom named {@code .apm}:
 *
 * <pre>
 * channels/{sender}_to_{receiver}/
 *   channel.json      sender, receiver, format, createdAt
 *   messages.ndjson   one message per line, append only
 *   writer.lock       held by the one process that writes
 * </pre>
 *
 * <p>A message is durable once its append completes. A crash can tear the last line; the next
 * writer moves the torn bytes to the quarantine, and readers never see them. An inbox delivers each
 * channel from its beginning. Thread-safe.
 */
public final class NdjsonChannels implements Channels {
  private final Path apmDirectory;
  private final Quarantine quarantine;

  /**
   * Over a directory.
   *
   * @param apmDirectory made at first use
   * @param quarantine keeps the torn ends of channels that a crash left
   */
  public NdjsonChannels(Path apmDirectory, Quarantine quarantine) {
    this.apmDirectory = apmDirectory;
    this.quarantine = quarantine;
  }

  /**
   * The writing end.
   *
   * @throws dev.aeon.apm.channel.ChannelException E_SYSTEM_004 where another writer has the
   *     channel, E_ROUTING_003 where its directory is not what it should be, E_SYSTEM_001 where a
   *     file operation fails
   */
  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    ChannelDirectory directory = ChannelDirectory.create(apmDirectory, sender, receiver);
    return NdjsonChannel.open(directory, quarantine);
  }

  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    return NdjsonInbox.open(ChannelDirectory.root(apmDirectory), receiver, listener);
  }
}
