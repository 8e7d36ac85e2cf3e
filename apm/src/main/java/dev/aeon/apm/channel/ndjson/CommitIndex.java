package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sidecar of a channel in which the writer notes each group commit once it has taken effect, so
 * that readers know up to where lines will not be taken back. It is never forced: what it notes is
 * true already, and a note that is lost is made again when the channel is opened. Begins anew with
 * each active file. Confined to the writer's thread.
 *
 * <pre>
 *   0            8              16       20      24
 *   +------------+--------------+--------+-------+
 *   | end offset | last number  | crc32c |   0   |   of one group commit; big-endian
 *   +------------+--------------+--------+-------+
 * </pre>
 */
final class CommitIndex implements AutoCloseable {
  static final int RECORD_BYTE_SIZE = 24;

  private static final Logger LOG = LoggerFactory.getLogger(CommitIndex.class);
  private static final int CRC_OFFSET = 16;

  /**
   * What one record says.
   *
   * @param end the position after the last committed line
   * @param lastNumber that line's number, or what it would be
   */
  record Commit(long end, long lastNumber) {}

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RECORD_BYTE_SIZE);
  private long byteSize;
  private Optional<Commit> last;

  private CommitIndex(FileChannel file) throws IOException {
    this.file = file;
    this.byteSize = file.size() / RECORD_BYTE_SIZE * RECORD_BYTE_SIZE;
    this.last = last(file);
  }

  static CommitIndex open(ChannelDirectory directory, Disk disk) throws IOException {
    FileChannel file =
        disk.open(
            directory.commits(),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      return new CommitIndex(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The newest record of a file; empty where there is none, or it is damaged or half written. */
  static Optional<Commit> last(FileChannel file) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTE_SIZE);
    long offset = (file.size() / RECORD_BYTE_SIZE - 1) * RECORD_BYTE_SIZE;
    while (offset >= 0 && record.hasRemaining()) {
      if (file.read(record, offset + record.position()) <= 0) {
        return Optional.empty();
      }
    }
    boolean isWhole = offset >= 0 && record.getInt(CRC_OFFSET) == crc(record.flip());
    return isWhole
        ? Optional.of(new Commit(record.getLong(0), record.getLong(8)))
        : Optional.empty();
  }

  /** The newest record. */
  Optional<Commit> last() {
    return last;
  }

  /** Notes a commit. Where there is no room readers find out by themselves, a little later. */
  void add(Commit commit) {
    try {
      if (write(commit, byteSize)) {
        byteSize += RECORD_BYTE_SIZE;
        last = Optional.of(commit);
      }
    } catch (IOException e) {
      LOG.warn("cannot note a commit, readers see it later: commit={}", commit, e);
    }
  }

  /** Begins anew with the newest record alone; a reader finds that record at any moment. */
  void restart() {
    try {
      if (last.isPresent() && byteSize > RECORD_BYTE_SIZE && write(last.get(), 0)) {
        file.truncate(RECORD_BYTE_SIZE);
        byteSize = RECORD_BYTE_SIZE;
      }
    } catch (IOException e) {
      LOG.warn("cannot shorten the index of commits, will try again", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean write(Commit commit, long offset) throws IOException {
    buffer.clear().putLong(commit.end()).putLong(commit.lastNumber()).putInt(0).putInt(0);
    buffer.putInt(CRC_OFFSET, crc(buffer.flip()));
    return file.write(buffer, offset) == RECORD_BYTE_SIZE;
  }

  /** Of the bytes before the checksum. */
  private static int crc(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.duplicate().position(0).limit(CRC_OFFSET));
    return (int) crc.getValue();
  }
}
