package dev.aeon.slabs.standby;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, between processes and between holders in this one; the system takes it back
 * from a process that dies. Linux lets go of all locks on a file when the process closes any of its
 * descriptors, so that there is one for each file here, whoever holds it. Thread-safe.
 */
final class ProcessLock {
  private static final Map<Path, ProcessLock> HELD = new HashMap<>();
  private static final long PAUSE_MILLIS = 10;

  private final Path file;
  private final FileChannel channel;
  private final boolean shared;
  private int holderCount = 1;

  private ProcessLock(Path file, FileChannel channel, boolean shared) {
    this.file = file;
    this.channel = channel;
    this.shared = shared;
  }

  /**
   * Takes the lock, which the caller releases, or returns null where others have it.
   *
   * @param shared whether others may hold it in the same way
   * @throws UncheckedIOException where the file cannot be opened
   */
  static @Nullable ProcessLock tryTake(Path file, boolean shared) {
    Path name = file.toAbsolutePath().normalize();
    synchronized (HELD) {
      ProcessLock held = HELD.get(name);
      if (held != null) {
        return shared && held.shared ? held.again() : null;
      }
      try {
        return open(name, shared);
      } catch (IOException refused) {
        throw new UncheckedIOException("cannot lock: file=" + name, refused);
      }
    }
  }

  /** Waits for the lock. */
  static ProcessLock take(Path file, boolean shared) throws InterruptedException {
    ProcessLock lock = tryTake(file, shared);
    while (lock == null) {
      Thread.sleep(PAUSE_MILLIS);
      lock = tryTake(file, shared);
    }
    return lock;
  }

  private static @Nullable ProcessLock open(Path name, boolean shared) throws IOException {
    FileChannel channel =
        FileChannel.open(
            name, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, shared);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      return null;
    }
    ProcessLock taken = new ProcessLock(name, channel, shared);
    HELD.put(name, taken);
    return taken;
  }

  private ProcessLock again() {
    holderCount++;
    return this;
  }

  /** Lets go of it; once for each time that it was taken. */
  void release() {
    synchronized (HELD) {
      holderCount--;
      if (holderCount > 0) {
        return;
      }
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException kept) {
        throw new UncheckedIOException("cannot unlock: file=" + file, kept);
      }
    }
  }
}
