package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Dependency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The order in which versions became visible: a line of JSON for each, in a file that several
 * processes append to.
 *
 * <p>A line is written <em>before</em> its version is moved into place, both under a lock that dies
 * with the process. So all lines but the last are of versions that are there, and a version that is
 * there has a line. Whoever finds a last line whose version is not there leaves it unread; whoever
 * has the lock knows that its writer died, and cuts it off, as it does with half a line.
 */
final class ChangeJournal implements AutoCloseable {
  /**
   * A lock on a file is the process's: those of one process who have the same file open share one.
   */
  private static final Map<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final FileChannel file;
  private final FileChannel lockFile;
  private final Predicate<Change> isPublished;
  private final ReentrantLock inProcess;
  private final List<Change> known = new ArrayList<>();
  private final ChangeLine lines = new ChangeLine();
  private long readByteSize;

  private ChangeJournal(
      FileChannel file,
      FileChannel lockFile,
      ReentrantLock inProcess,
      Predicate<Change> isPublished) {
    this.file = file;
    this.inProcess = inProcess;
    this.lockFile = lockFile;
    this.isPublished = isPublished;
  }

  /**
   * Opens, and where need be creates, the journal in a folder; the caller closes it.
   *
   * @param isPublished whether a change's version is in place
   */
  static ChangeJournal open(Path folder, Predicate<Change> isPublished) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("changes.ndjson"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    Path lockPath = folder.resolve("changes.lock");
    FileChannel lockFile =
        FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ReentrantLock inProcess =
        IN_PROCESS.computeIfAbsent(lockPath.toRealPath(), _ -> new ReentrantLock());
    return new ChangeJournal(file, lockFile, inProcess, isPublished);
  }

  /** Moves a version into place. */
  interface Publication {
    void run() throws IOException;
  }

  /**
   * Appends a change, then publishes it; where that fails, nothing is appended.
   *
   * @return the sequence of the change; 0 where its version has been there before
   */
  long append(Change change, Publication publication) throws IOException {
    inProcess.lock();
    try (FileLock lock = lockFile.lock()) {
      assert lock.isValid() : "held until the line and its version are both there";
      cutUnfinished();
      if (isPublished.test(change)) {
        return 0;
      }
      long byteSize = readByteSize;
      Change numbered = ChangeLine.withSequence(change, known.size() + 1L);
      write(ChangeLine.encode(numbered), byteSize);
      return publishOrTakeBack(numbered, publication, byteSize);
    } finally {
      inProcess.unlock();
    }
  }

  private static Set<Dependency> versionsOf(List<Change> changes) {
    return changes.stream()
        .map(change -> new Dependency(change.module(), change.version()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private long publishOrTakeBack(Change change, Publication publication, long byteSize)
      throws IOException {
    try {
      publication.run();
    } catch (IOException | RuntimeException e) {
      file.truncate(byteSize);
      throw e;
    }
    readByteSize = file.size();
    known.add(change);
    return change.sequence();
  }

  /** With the lock held, an unfinished end is one whose writer died. */
  private void cutUnfinished() throws IOException {
    refresh();
    if (file.size() > readByteSize) {
      file.truncate(readByteSize);
    }
  }

  /**
   * Whether there may be versions that it does not tell of: it is empty, or ends with half a line
   * or with one that is none, as a power cut may leave it.
   */
  boolean isIncomplete() throws IOException {
    inProcess.lock();
    try {
      refresh();
      return readByteSize == 0 || file.size() > readByteSize;
    } finally {
      inProcess.unlock();
    }
  }

  /**
   * Appends those changes that are not there, of versions that are in place already, such as those
   * of a copied folder.
   */
  void adopt(List<Change> published) throws IOException {
    if (published.isEmpty()) {
      return;
    }
    inProcess.lock();
    try (FileLock lock = lockFile.lock()) {
      assert lock.isValid() : "held until all are appended";
      cutUnfinished();
      Set<Dependency> present = versionsOf(known);
      for (Change change : published) {
        if (!present.add(new Dependency(change.module(), change.version()))) {
          continue;
        }
        Change numbered = ChangeLine.withSequence(change, known.size() + 1L);
        write(ChangeLine.encode(numbered), readByteSize);
        readByteSize = file.size();
        known.add(numbered);
      }
      file.force(false);
    } finally {
      inProcess.unlock();
    }
  }

  /** Forces all lines to disk. */
  void force() throws IOException {
    file.force(false);
  }

  /** All changes after a sequence, at most {@code limit}, those of other processes too. */
  List<Change> after(long sequence, int limit) throws IOException {
    inProcess.lock();
    try {
      refresh();
      int from = (int) Math.min(Math.max(sequence, 0), known.size());
      return List.copyOf(known.subList(from, (int) Math.min((long) from + limit, known.size())));
    } finally {
      inProcess.unlock();
    }
  }

  private void refresh() throws IOException {
    long byteSize = file.size();
    if (byteSize > readByteSize) {
      byte[] added = read(readByteSize, Math.toIntExact(byteSize - readByteSize));
      take(added);
    }
  }

  private void take(byte[] added) {
    int start = 0;
    for (int i = 0; i < added.length; i++) {
      if (added[i] == '\n') {
        Optional<Change> change = lines.decode(added, start, i - start, known.size() + 1L);
        boolean isLast = i == added.length - 1;
        if (change.isEmpty() || (isLast && !isPublished.test(change.get()))) {
          return;
        }
        known.add(change.get());
        readByteSize += i + 1L - start;
        start = i + 1;
      }
    }
  }

  private byte[] read(long byteOffset, int byteSize) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(byteSize);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = file.read(buffer, byteOffset + buffer.position());
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  private void write(byte[] line, long byteOffset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(line);
    while (buffer.hasRemaining()) {
      file.write(buffer, byteOffset + buffer.position());
    }
  }

  @Override
  public void close() throws IOException {
    if (!file.isOpen()) {
      return;
    }
    try (file;
        lockFile) {
      file.force(false);
    }
  }
}
