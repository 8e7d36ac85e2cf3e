package dev.aeon.spoke.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's own folder for what is not published yet. A lock beside it, which dies with the
 * process, says whether it is in use; opening removes what processes left that were killed.
 */
final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private static final String LOCK_SUFFIX = ".lock";

  /**
   * Those of this process. None of them may be opened once more: closing a file ends all locks that
   * the process has on it.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path lockFile;
  private final FileChannel channel;
  private final AtomicLong count = new AtomicLong();

  private WorkFolder(Path folder, Path lockFile, FileChannel channel) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /** Takes what is of use from a folder that a process left, before it is removed. */
  interface Salvage {
    /** Moves what it takes to the new process's folder. */
    void take(Path abandoned, Path folder) throws IOException;
  }

  /** Creates a folder below {@code parent}; the caller closes it. */
  static WorkFolder open(Path parent, Salvage salvage) throws IOException {
    Path real = Files.createDirectories(parent).toRealPath();
    Optional<WorkFolder> created = tryCreate(real);
    while (created.isEmpty()) {
      created = tryCreate(real);
    }
    WorkFolder work = created.get();
    removeAbandoned(real, abandoned -> salvage.take(abandoned, work.folder));
    return work;
  }

  /** Empty where a process that opened meanwhile found the lock not yet taken, and removed it. */
  private static Optional<WorkFolder> tryCreate(Path parent) throws IOException {
    String name = UUID.randomUUID().toString();
    Path lockFile = parent.resolve(name + LOCK_SUFFIX);
    OWN.add(lockFile);
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    if (!Files.exists(lockFile)) {
      channel.close();
      OWN.remove(lockFile);
      return Optional.empty();
    }
    LOG.debug("working in {}, lock={}", name, lock);
    Path folder = Files.createDirectory(parent.resolve(name));
    return Optional.of(new WorkFolder(folder, lockFile, channel));
  }

  private interface Taker {
    void take(Path abandoned) throws IOException;
  }

  private static void removeAbandoned(Path parent, Taker salvage) throws IOException {
    try (Stream<Path> paths = Files.list(parent)) {
      List<Path> locks = paths.filter(path -> path.toString().endsWith(LOCK_SUFFIX)).toList();
      for (Path lock : locks) {
        if (!OWN.contains(lock)) {
          removeIfAbandoned(lock, salvage);
        }
      }
    }
  }

  private static void removeIfAbandoned(Path lockFile, Taker salvage) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        String path = lockFile.toString();
        Path folder = Path.of(path.substring(0, path.length() - LOCK_SUFFIX.length()));
        if (Files.isDirectory(folder)) {
          salvage.take(folder);
        }
        DurableFiles.deleteTree(folder);
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException | java.nio.file.NoSuchFileException e) {
      LOG.debug("in use or gone: {}", lockFile);
    }
  }

  /** The folder itself, which goes when this is closed. */
  Path folder() {
    return folder;
  }

  /** A path in the folder that nothing has yet. */
  Path next() {
    return folder.resolve(Long.toString(count.incrementAndGet()));
  }

  @Override
  public void close() {
    try (channel) {
      DurableFiles.deleteTree(folder);
      Files.deleteIfExists(lockFile);
      OWN.remove(lockFile);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", folder, e.getMessage());
    }
  }
}
