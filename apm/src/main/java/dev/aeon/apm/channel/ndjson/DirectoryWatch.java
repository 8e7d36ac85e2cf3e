package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for changes in directories by the file system's notifications; where the system has none
 * left to give, by looking often. Awaited by one thread, added to and closed by any.
 */
final class DirectoryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);
  private static final long LOOK_ANYWAY_MILLIS = 500;
  private static final long LOOK_OFTEN_MILLIS = 10;

  private final @Nullable WatchService watcher;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isPartial;

  private DirectoryWatch(@Nullable WatchService watcher) {
    this.watcher = watcher;
    this.isPartial = watcher == null;
  }

  static DirectoryWatch open(Path directory) {
    try {
      return new DirectoryWatch(directory.getFileSystem().newWatchService());
    } catch (IOException e) {
      LOG.warn("no notifications, looking every {} ms", LOOK_OFTEN_MILLIS, e);
      return new DirectoryWatch(null);
    }
  }

  /** Adds a directory; again adding it changes nothing. */
  void add(Path directory) throws IOException {
    if (watcher == null) {
      return;
    }
    try {
      WatchKey _ =
          directory.register(
              watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      isPartial = true;
      LOG.warn("not watched, looked at every {} ms: path={}", LOOK_OFTEN_MILLIS, directory, e);
    }
  }

  /**
   * Waits until something changes or a while has passed.
   *
   * @param isHurried whether that while is short, since something else is waited for too
   * @return the directories that changed; empty where every one is to be looked at
   * @throws ClosedWatchServiceException once closed
   */
  Optional<Set<Path>> await(boolean isHurried) throws InterruptedException {
    long timeoutMillis = isPartial || isHurried ? LOOK_OFTEN_MILLIS : LOOK_ANYWAY_MILLIS;
    if (watcher == null) {
      if (closed.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new ClosedWatchServiceException();
      }
      return Optional.empty();
    }
    WatchKey key = watcher.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    return key == null ? Optional.empty() : Optional.of(changed(watcher, key));
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (watcher != null) {
        watcher.close();
      }
    } catch (IOException e) {
      LOG.warn("cannot stop watching", e);
    }
  }

  private static Set<Path> changed(WatchService watcher, WatchKey first) {
    Set<Path> changed = new HashSet<>();
    for (WatchKey key = first; key != null; key = watcher.poll()) {
      key.pollEvents();
      key.reset();
      changed.add((Path) key.watchable());
    }
    return changed;
  }
}
