package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.channel.RelayedLine;
import dev.aeon.apm.internal.GuardedListener;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.internal.Turn;
import dev.aeon.apm.message.AgentId;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every channel that ends at one agent, those made later too. Notifications only wake it:
 * what there is to read it finds by looking, so that a lost notification delays and never loses. A
 * line that a relay brings is taken where it is the next of its channel, and else is a
 * notification.
 */
final class NdjsonInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(NdjsonInbox.class);

  private final Path root;
  private final AgentId receiver;
  private final Reader reader;
  private final InboxListener listener;
  private final DirectoryWatch watch;
  private final byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
  private final Map<Path, Follower> followers = new HashMap<>();
  private final Map<String, Follower> byName = new HashMap<>();
  private final Set<Path> refused = new HashSet<>();
  private final Thread thread;

  /** Who holds it delivers: this inbox's thread or the relay's. */
  private final Turn turn = new Turn();

  /** Whether reading waits for messages to be settled. */
  private boolean isAnyFull;

  private Inbox relay = NoRelay.INSTANCE;

  /** How an inbox keeps its places. */
  interface Reader extends AutoCloseable {
    Cursor cursor(ChannelDirectory directory) throws IOException;

    /** Up to where it reads. */
    Commits commits(ChannelDirectory directory);

    @Override
    void close();
  }

  private NdjsonInbox(
      Path root, AgentId receiver, Reader reader, InboxListener listener, DirectoryWatch watch) {
    this.root = root;
    this.receiver = receiver;
    this.reader = reader;
    this.listener = new GuardedListener(listener);
    this.watch = watch;
    this.thread = Thread.ofPlatform().daemon().name("apm-follow-" + receiver).unstarted(this::run);
  }

  /** Takes over {@code reader}, and closes it where it cannot open. */
  static NdjsonInbox open(
      Path root, AgentId receiver, Reader reader, Relay relay, InboxListener listener) {
    DirectoryWatch watch = DirectoryWatch.open(root);
    try {
      watch.add(root);
      NdjsonInbox inbox = new NdjsonInbox(root, receiver, reader, listener, watch);
      inbox.relay = relay.listen(receiver, inbox::relayed);
      inbox.thread.start();
      return inbox;
    } catch (IOException e) {
      watch.close();
      reader.close();
      throw ChannelDirectory.io("cannot watch: path=" + root, e);
    } catch (ChannelException e) {
      watch.close();
      reader.close();
      throw e;
    }
  }

  @Override
  public void close() {
    turn.end();
    relay.close();
    watch.close();
    Threads.join(thread);
  }

  private void run() {
    try (reader) {
      followWhileOpen();
      followers.forEach(NdjsonInbox::closeQuietly);
    }
  }

  private void relayed(RelayedLine line) {
    turn.take(() -> take(line));
  }

  private void take(RelayedLine line) {
    Follower follower = byName.get(line.source().channel());
    if (follower == null) {
      discover();
      follower = byName.get(line.source().channel());
    }
    if (follower != null && mayCarry(line) && !follower.offer(line)) {
      advance(follower);
    }
  }

  /** Whether the peer, where it has shown a certificate, is the channel's sender. */
  private boolean mayCarry(RelayedLine line) {
    return line.certificateName()
        .map(name -> line.source().channel().equals(name + "_to_" + receiver))
        .orElse(true);
  }

  private void followWhileOpen() {
    Optional<Set<Path>> changed = Optional.empty();
    while (!turn.isOver()) {
      try {
        Set<Path> places = changed.orElse(null);
        turn.take(() -> look(places));
        changed = watch.await(isAnyFull);
      } catch (ClosedWatchServiceException _) {
        return;
      } catch (InterruptedException _) {
        LOG.debug("interrupted: receiver={}", receiver);
      }
    }
  }

  private void look(@Nullable Set<Path> changed) {
    if (changed == null || !followers.keySet().containsAll(changed)) {
      discover();
      followers.values().forEach(this::advance);
    } else {
      changed.forEach(path -> advance(followers.get(path)));
    }
    isAnyFull = followers.values().stream().anyMatch(Follower::isFull);
  }

  private void advance(@Nullable Follower follower) {
    try {
      while (follower != null && !turn.isOver() && follower.advance()) {}
    } catch (IOException e) {
      LOG.warn("cannot read a channel, will try again: receiver={}", receiver, e);
    }
  }

  private void discover() {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "*_to_" + receiver)) {
      for (Path path : found) {
        if (!followers.containsKey(path)) {
          follow(path);
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot list channels, will try again: path={}", root, e);
    }
  }

  private void follow(Path path) throws IOException {
    if (isBeingMade(path)) {
      watch.add(path);
      return;
    }
    try {
      ChannelDirectory directory = ChannelDirectory.existing(path, receiver);
      Follower follower =
          new Follower(
              directory, reader.commits(directory), reader.cursor(directory), buffer, listener);
      followers.put(path, follower);
      byName.put(directory.name(), follower);
      watch.add(path);
      refused.remove(path);
    } catch (ChannelException e) {
      if (refused.add(path)) {
        LOG.warn("not a channel of ours, left alone: path={} cause={}", path, e.getMessage());
      }
    }
  }

  private static boolean isBeingMade(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(path.resolve("channel.json"));
  }

  private static void closeQuietly(Path path, Follower follower) {
    try {
      follower.close();
    } catch (IOException e) {
      LOG.warn("cannot save a place, messages may come again: path={}", path, e);
    }
  }
}
