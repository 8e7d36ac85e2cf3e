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
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every channel that ends at one agent, those made later too. The file system's
 * notifications only wake it: what there is to read it finds by looking, so that a lost
 * notification delays and never loses.
 */
final class NdjsonInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(NdjsonInbox.class);
  private static final long LOOK_ANYWAY_MILLIS = 500;

  private final Path root;
  private final AgentId receiver;
  private final InboxListener listener;
  private final WatchService watcher;
  private final byte[] buffer = new byte[Follower.BUFFER_BYTE_SIZE];
  private final Map<Path, Follower> followers = new HashMap<>();
  private final Set<Path> refused = new HashSet<>();
  private final Thread thread;
  private volatile boolean closed;

  private NdjsonInbox(Path root, AgentId receiver, InboxListener listener, WatchService watcher) {
    this.root = root;
    this.receiver = receiver;
    this.listener = new GuardedListener(listener);
    this.watcher = watcher;
    this.thread = Thread.ofPlatform().daemon().name("apm-follow-" + receiver).unstarted(this::run);
  }

  static NdjsonInbox open(Path root, AgentId receiver, InboxListener listener) {
    WatchService watcher = null;
    try {
      watcher = root.getFileSystem().newWatchService();
      watch(root, watcher);
      NdjsonInbox inbox = new NdjsonInbox(root, receiver, listener, watcher);
      inbox.thread.start();
      return inbox;
    } catch (IOException e) {
      closeQuietly(watcher);
      throw ChannelDirectory.io("cannot watch: path=" + root, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    closeQuietly(watcher);
    Threads.join(thread);
  }

  private void run() {
    while (!closed) {
      try {
        boolean moved = look();
        if (!moved) {
          sleep();
        }
      } catch (ClosedWatchServiceException _) {
        return;
      } catch (InterruptedException _) {
        LOG.debug("interrupted: receiver={}", receiver);
      }
    }
  }

  private boolean look() {
    discover();
    boolean moved = false;
    for (Map.Entry<Path, Follower> entry : followers.entrySet()) {
      moved |= !closed && advance(entry.getKey(), entry.getValue());
    }
    return moved;
  }

  private boolean advance(Path path, Follower follower) {
    try {
      return follower.advance();
    } catch (IOException e) {
      LOG.warn("cannot read a channel, will try again: path={}", path, e);
      return false;
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
      watch(path, watcher);
      return;
    }
    try {
      ChannelDirectory directory = ChannelDirectory.existing(path, receiver);
      Follower follower = new Follower(directory, buffer, listener);
      watch(path, watcher);
      followers.put(path, follower);
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

  private void sleep() throws InterruptedException {
    WatchKey key = watcher.poll(LOOK_ANYWAY_MILLIS, TimeUnit.MILLISECONDS);
    while (key != null) {
      key.pollEvents();
      key.reset();
      key = watcher.poll();
    }
  }

  private static void watch(Path path, WatchService watcher) throws IOException {
    WatchKey _ =
        path.register(
            watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
  }

  private static void closeQuietly(@Nullable WatchService watcher) {
    try {
      if (watcher != null) {
        watcher.close();
      }
    } catch (IOException e) {
      LOG.warn("cannot stop watching", e);
    }
  }
}
