package dev.aeon.apm.channel.shared;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.internal.BatchingChannel;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Channels of which one process at a time may write each, such as files, written by several
 * processes (resolution 30): who opens a channel first owns it and serves the others, who send
 * through it over a Unix socket and are told once the owner's channel has taken their messages. All
 * writers of a channel must open it so. Where the owner ends or dies, the first of the others that
 * sends takes its place; what the owner may have taken without saying so is then sent again, and
 * the receiver's bus drops the copy. Thread-safe.
 *
 * <p>Whoever can connect to the sockets can send in the name of the channels' senders: the
 * directory's permissions decide who that is.
 */
public final class SharedChannels implements Channels {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Channels kept;
  private final Path directory;
  private final Duration patience;

  /**
   * Over other channels.
   *
   * @param kept which refuse a second writer with {@link ErrorCode#E_SYSTEM_004}
   * @param directory for the sockets, which must exist; the same for all processes
   */
  public SharedChannels(Channels kept, Path directory) {
    this(kept, directory, PATIENCE);
  }

  /**
   * Over the files of an agents' directory, with sockets that every process finds from it: in
   * {@code sockets} below it, or where that is too long a path for a socket, among the temporary
   * files. Their owner alone may use them.
   *
   * @throws ChannelException where there can be no such directory
   */
  public static SharedChannels beside(Channels files, Path apmDirectory) {
    return new SharedChannels(files, SocketDirectory.beside(apmDirectory));
  }

  SharedChannels(Channels kept, Path directory, Duration patience) {
    this.kept = kept;
    this.directory = directory;
    this.patience = patience;
  }

  /**
   * The sending end. Its appends fail with E_SYSTEM_004 where another process owns the channel and
   * does not serve it, with E_ROUTING_003 where the owner does not answer; how durable they are is
   * the owner's choice.
   */
  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    Way way = new Way(kept, sender, receiver, url(sender + "_to_" + receiver), patience);
    try {
      return OwnedChannel.open(way);
    } catch (ChannelException e) {
      if (e.code() != ErrorCode.E_SYSTEM_004) {
        throw e;
      }
      return new BatchingChannel(way.name(), Durability.DURABLE, new GuestStore(way));
    }
  }

  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    return kept.listen(receiver, listener);
  }

  private String url(String name) {
    return "ipc://" + directory.toAbsolutePath() + "/" + ShortName.of(name) + ".write";
  }
}
