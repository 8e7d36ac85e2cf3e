package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The active file of a channel, which at every commit ends with a whole line. A batch is one write
 * from a direct buffer, then one force where that is asked for. Of a short write, which a full disk
 * gives, the whole lines stay and the rest is cut off: a reader may have seen them already. Where
 * the cut or the force fails nobody knows what is on disk, so everything after fails too, and only
 * opening anew, which verifies the end, helps. Confined to one thread.
 */
final class LineFile implements AutoCloseable {
  private static final int MAX_BATCH_BYTE_SIZE = JsonCodec.MAX_BYTE_SIZE + 1;
  private static final int FIRST_BATCH_BYTE_SIZE = 64 * 1024;

  private final WriterLock lock;
  private final Rotation rotation;
  private final CommitIndex commits;
  private FileChannel file;
  private ByteBuffer batch = ByteBuffer.allocateDirect(FIRST_BATCH_BYTE_SIZE);
  private long byteSize;

  /** Of the last line in the file. */
  private long lastNumber;

  /** How many lines the batch has. */
  private int stagedCount;

  private @Nullable ChannelException poison;

  /**
   * What became of a batch.
   *
   * @param lineCount how many of its lines are in the file, from the first on
   * @param failure why the others are not
   */
  record Committed(int lineCount, Optional<ChannelException> failure) {}

  private LineFile(
      WriterLock lock, Rotation rotation, CommitIndex commits, FileChannel file, long byteSize) {
    this.lock = lock;
    this.rotation = rotation;
    this.commits = commits;
    this.file = file;
    this.byteSize = byteSize;
  }

  static LineFile open(
      ChannelDirectory directory, NdjsonOptions options, Disk disk, Quarantine quarantine) {
    WriterLock lock = WriterLock.take(directory.lock());
    try {
      FileChannel file = openFile(directory, disk);
      long byteSize = repair(file, directory, quarantine);
      Rotation rotation = new Rotation(directory, options, disk);
      CommitIndex commits = openCommits(directory, disk, file);
      LineFile lines = new LineFile(lock, rotation, commits, file, byteSize);
      disk.forceDirectory(directory.path());
      lines.goOnCounting(directory);
      return lines;
    } catch (IOException e) {
      lock.close();
      throw ChannelDirectory.io("cannot open: channel=" + directory.name(), e);
    } catch (ChannelException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel openFile(ChannelDirectory directory, Disk disk) throws IOException {
    return disk.open(
        directory.messages(),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static CommitIndex openCommits(ChannelDirectory directory, Disk disk, FileChannel file)
      throws IOException {
    try {
      return CommitIndex.open(directory, disk);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Finds the last line's number and notes that everything up to it is committed, which the repair
   * has made true. Where the index knows of a later number, lines are gone: theirs are not given
   * again, so that readers see the gap.
   */
  private void goOnCounting(ChannelDirectory directory) throws IOException {
    long noted = commits.last().map(CommitIndex.Commit::lastNumber).orElse(SequenceNumber.NONE);
    try (ChannelLog log = new ChannelLog(directory)) {
      lastNumber = Math.max(noted, LastNumber.of(log));
    }
    commits.add(new CommitIndex.Commit(position(), lastNumber));
  }

  private static long repair(FileChannel file, ChannelDirectory directory, Quarantine quarantine)
      throws IOException {
    try {
      return TornTail.repair(file, directory.name(), quarantine);
    } catch (IOException | ChannelException e) {
      file.close();
      throw e;
    }
  }

  /** Where the next line that is committed begins in the channel. */
  long position() {
    return rotation.activeBase() + byteSize;
  }

  /** The number of the line that is staged next. */
  long nextNumber() {
    return lastNumber + stagedCount + 1;
  }

  /** Adds a line to the batch; false where it does not fit beside the others. */
  boolean stage(byte[] line) {
    int needed = batch.position() + line.length + 1;
    if (needed > MAX_BATCH_BYTE_SIZE) {
      return false;
    }
    if (needed > batch.capacity()) {
      int capacity = Math.clamp(2L * needed, needed, MAX_BATCH_BYTE_SIZE);
      batch = ByteBuffer.allocateDirect(capacity).put(batch.flip());
    }
    batch.put(line).put((byte) '\n');
    stagedCount++;
    return true;
  }

  /**
   * Writes the batch and empties it, then begins the next file where that is due.
   *
   * @param force whether storage must have confirmed it on return
   */
  Committed commit(boolean force) {
    batch.flip();
    try {
      if (poison != null) {
        throw poison;
      }
      Committed committed = write();
      if (force && committed.lineCount() > 0) {
        file.force(false);
      }
      note(committed.lineCount());
      rotateIfDue();
      return committed;
    } catch (IOException e) {
      poison = ChannelDirectory.io("channel failed, to be opened anew", e);
      return new Committed(0, Optional.of(poison));
    } catch (ChannelException e) {
      return new Committed(0, Optional.of(e));
    } finally {
      batch.clear();
      stagedCount = 0;
    }
  }

  private void note(int lineCount) {
    lastNumber += lineCount;
    if (lineCount > 0) {
      commits.add(new CommitIndex.Commit(position(), lastNumber));
    }
  }

  @Override
  public void close() {
    try (lock;
        rotation;
        commits) {
      file.close();
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot close", e);
    }
  }

  private Committed write() throws IOException {
    Optional<ChannelException> refusal = Optional.empty();
    try {
      int _ = file.write(batch, byteSize);
    } catch (IOException e) {
      refusal =
          Optional.of(new ChannelException(ErrorCode.E_SYSTEM_002, "not written: cause=" + e, e));
    }
    int wholeByteSize = endOfLastLine(batch.position());
    if (batch.hasRemaining()) {
      file.truncate(byteSize + wholeByteSize);
      refusal = refusal.or(() -> Optional.of(full()));
    }
    byteSize += wholeByteSize;
    return new Committed(lines(wholeByteSize), refusal);
  }

  private ChannelException full() {
    return new ChannelException(
        ErrorCode.E_SYSTEM_002,
        "storage takes no more: written=" + batch.position() + " of=" + batch.limit());
  }

  private int endOfLastLine(int byteCount) {
    int end = byteCount;
    while (end > 0 && batch.get(end - 1) != '\n') {
      end--;
    }
    return end;
  }

  private int lines(int byteCount) {
    int count = 0;
    for (int index = 0; index < byteCount; index++) {
      if (batch.get(index) == '\n') {
        count++;
      }
    }
    return count;
  }

  private void rotateIfDue() throws IOException {
    if (rotation.isDue(byteSize)) {
      file.force(true);
      file.close();
      file = rotation.rotate();
      byteSize = 0;
      commits.restart();
    }
  }
}
