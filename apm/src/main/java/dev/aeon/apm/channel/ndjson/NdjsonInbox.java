package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.internal.GuardedListener;
import dev.aeon.apm.internal.Threads;
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
 * what there is to read it finds by looking, so that a lost notification delays and never loses.
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
  private final Set<Path> refused = new HashSet<>();
  private final Thread thread;
  private volatile boolean closed;

  /** How an inbox keeps its places. */
  interface Reader extends AutoCloseable {
    Cursor cursor(ChannelDirectory directory) throws IOException;

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
  static NdjsonInbox open(Path root, AgentId receiver, Reader reader, InboxListener listener) {
    DirectoryWatch watch = DirectoryWatch.open(root);
    try {
      watch.add(root);
      NdjsonInbox inbox = new NdjsonInbox(root, receiver, reader, listener, watch);
      inbox.thread.start();
      return inbox;
    } catch (IOException e) {
      watch.close();
      reader.close();
      throw ChannelDirectory.io("cannot watch: path=" + root, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
    Threads.join(thread);
  }

  private void run() {
    try (reader) {
      followWhileOpen();
      followers.forEach(NdjsonInbox::closeQuietly);
    }
  }

  private void followWhileOpen() {
    Optional<Set<Path>> changed = Optional.empty();
    while (!closed) {
      try {
        look(changed.orElse(null));
        changed = watch.await(followers.values().stream().anyMatch(Follower::isFull));
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
      followers.forEach(this::advance);
      return;
    }
    for (Path path : changed) {
      advance(path, followers.get(path));
    }
  }

  private void advance(Path path, @Nullable Follower follower) {
    try {
      while (follower != null && !closed && follower.advance()) {}
    } catch (IOException e) {
      LOG.warn("cannot read a channel, will try again: path={}", path, e);
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
      Follower follower = new Follower(directory, reader.cursor(directory), buffer, listener);
      followers.put(path, follower);
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
