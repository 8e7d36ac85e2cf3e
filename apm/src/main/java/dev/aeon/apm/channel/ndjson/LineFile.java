package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.codec.JsonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file that at every commit ends with a whole line. A batch is one write from a
 * direct buffer, then one force. A short write is cut off again; where that or the force fails
 * nobody knows what is on disk, so everything after fails too, and only opening anew, which
 * verifies the end, helps. Confined to one thread.
 */
final class LineFile implements AutoCloseable {
  private final WriterLock lock;
  private final FileChannel file;
  private final ByteBuffer batch = ByteBuffer.allocateDirect(JsonCodec.MAX_BYTE_SIZE + 1);
  private long byteSize;
  private @Nullable ChannelException poison;

  private LineFile(WriterLock lock, FileChannel file, long byteSize) {
    this.lock = lock;
    this.file = file;
    this.byteSize = byteSize;
  }

  static LineFile open(ChannelDirectory directory, Quarantine quarantine) {
    WriterLock lock = WriterLock.take(directory.lock());
    try {
      FileChannel file = openFile(directory);
      return new LineFile(lock, file, repair(file, directory, quarantine));
    } catch (IOException e) {
      lock.close();
      throw ChannelDirectory.io("cannot open: channel=" + directory.name(), e);
    } catch (ChannelException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel openFile(ChannelDirectory directory) throws IOException {
    return FileChannel.open(
        directory.messages(),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static long repair(FileChannel file, ChannelDirectory directory, Quarantine quarantine)
      throws IOException {
    try {
      return TornTail.repair(file, directory.name(), quarantine);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Adds a line to the batch; false where it does not fit beside the others. */
  boolean stage(byte[] line) {
    if (line.length >= batch.remaining()) {
      return false;
    }
    batch.put(line).put((byte) '\n');
    return true;
  }

  /**
   * Makes the batch durable and empties it.
   *
   * @throws ChannelException where none of it is in the file, or nobody knows
   */
  void commit() {
    if (poison != null) {
      batch.clear();
      throw poison;
    }
    batch.flip();
    try {
      write();
      file.force(false);
      byteSize += batch.limit();
    } catch (IOException e) {
      poison = ChannelDirectory.io("channel failed, to be opened anew", e);
      throw poison;
    } finally {
      batch.clear();
    }
  }

  @Override
  public void close() {
    try (lock) {
      file.close();
    } catch (IOException e) {
      throw ChannelDirectory.io("cannot close", e);
    }
  }

  private void write() throws IOException {
    try {
      int written = file.write(batch, byteSize);
      if (batch.hasRemaining()) {
        throw new IOException("short write: written=" + written + " expected=" + batch.limit());
      }
    } catch (IOException e) {
      file.truncate(byteSize);
      throw e;
    }
  }
}
