package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.internal.BatchingChannel;
import dev.aeon.apm.message.AgentId;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Channels below {@code channels/} of one directory, by custom named {@code .apm}:
 *
 * <pre>
 * channels/{sender}_to_{receiver}/
 *   channel.json              sender, receiver, format, createdAt
 *   messages.ndjson           one message per line, append only
 *   messages.{base}.ndjson    rotated, immutable; base = position of its first byte, 20 digits
 *   messages.{base}-{end}.ndjson.gz   one that was packed
 *   writer.lock               held by the one process that writes
 *   commit.idx                up to where lines are committed
 *   cursors/{reader}.cur      how far a reader is
 * readers/{receiver}.{reader}.lock   held by the one process that reads under that name
 * </pre>
 *
 * <p>When a message counts as sent is a matter of {@link NdjsonOptions#durability}. A crash can
 * tear the last lines; the next writer moves the torn bytes to the quarantine, and readers never
 * see them. An inbox goes on where its reader's settled messages end. Thread-safe.
 */
public final class NdjsonChannels implements Channels {
  private static final Logger LOG = LoggerFactory.getLogger(NdjsonChannels.class);

  private final Path apmDirectory;
  private final Quarantine quarantine;
  private final NdjsonOptions options;
  private final Disk disk;
  private final Relay relay;

  /** With {@link NdjsonOptions#defaults}. */
  public NdjsonChannels(Path apmDirectory, Quarantine quarantine) {
    this(apmDirectory, quarantine, NdjsonOptions.defaults());
  }

  /**
   * Over a directory.
   *
   * @param apmDirectory made at first use
   * @param quarantine keeps the torn ends of channels that a crash left
   */
  public NdjsonChannels(Path apmDirectory, Quarantine quarantine, NdjsonOptions options) {
    this(apmDirectory, quarantine, options, Disk.REAL);
  }

  NdjsonChannels(Path apmDirectory, Quarantine quarantine, NdjsonOptions options, Disk disk) {
    this(apmDirectory, quarantine, options, disk, NoRelay.INSTANCE);
  }

  private NdjsonChannels(
      Path apmDirectory, Quarantine quarantine, NdjsonOptions options, Disk disk, Relay relay) {
    this.apmDirectory = apmDirectory;
    this.quarantine = quarantine;
    this.options = options;
    this.disk = disk;
    this.relay = relay;
  }

  /**
   * These channels with a fast way beside: a line goes by {@code relay} too as soon as it is in its
   * file, or on disk where it is durable. The files decide: what the relay loses is read there, and
   * what it repeats is dropped. Both ends must see the same directory; an end without the relay
   * gets and gives everything all the same.
   */
  public NdjsonChannels withRelay(Relay relay) {
    return new NdjsonChannels(apmDirectory, quarantine, options, disk, relay);
  }

  /**
   * The writing end.
   *
   * @throws ChannelException E_SYSTEM_004 where another writer has the channel, E_ROUTING_003 where
   *     its directory is not what it should be, E_SYSTEM_001 where a file operation fails
   */
  @Override
  public Channel open(AgentId sender, AgentId receiver) {
    ChannelDirectory directory = ChannelDirectory.create(apmDirectory, sender, receiver);
    Unread unread = new Unread(directory, receiver.value());
    LineFile file = LineFile.open(directory, options, disk, quarantine);
    NdjsonStore store = new NdjsonStore(file, unread, relayTo(sender, receiver));
    return new BatchingChannel(directory.name(), options.durability(), store);
  }

  /**
   * Packs now what {@link NdjsonOptions#compactAfter} has packed in the course of time, whatever
   * its age; another process may write the channel meanwhile.
   */
  public void compact(AgentId sender, AgentId receiver) {
    ChannelDirectory directory = ChannelDirectory.create(apmDirectory, sender, receiver);
    try (Compaction compaction = new Compaction(directory, options, disk)) {
      compaction.packOlderThan(Duration.ZERO);
    }
  }

  private Relay.Sending relayTo(AgentId sender, AgentId receiver) {
    try {
      return relay.open(sender, receiver);
    } catch (ChannelException e) {
      LOG.info("by file alone: sender={} receiver={} cause={}", sender, receiver, e.getMessage());
      return NoRelay.INSTANCE;
    }
  }

  /**
   * The receiving end, which goes on where it was.
   *
   * @throws ChannelException E_SYSTEM_004 where another inbox of that reader is open, E_SYSTEM_001
   *     where a file operation fails, E_ROUTING_003 where the relay cannot receive
   */
  @Override
  public Inbox listen(AgentId receiver, InboxListener listener) {
    Path root = ChannelDirectory.root(apmDirectory);
    String reader = options.reader().orElse(receiver.value());
    NamedReader named = NamedReader.open(root, receiver.value(), reader, options.readCommitted());
    return NdjsonInbox.open(root, receiver, named, relay, listener);
  }

  /**
   * Delivers everything that channels to {@code receiver} hold, from the beginning, and what comes;
   * keeps no place. Any number of processes may, beside the one that {@link #listen}s.
   */
  public Inbox watch(AgentId receiver, InboxListener listener) {
    Path root = ChannelDirectory.root(apmDirectory);
    return NdjsonInbox.open(root, receiver, Watcher.INSTANCE, NoRelay.INSTANCE, listener);
  }

  /** A reader without a place. */
  private enum Watcher implements NdjsonInbox.Reader {
    INSTANCE;

    @Override
    public Cursor cursor(ChannelDirectory directory) {
      return Cursor.forgetful();
    }

    @Override
    public Commits commits(ChannelDirectory directory) {
      return Commits.in(directory);
    }

    @Override
    public void close() {}
  }
}
