package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One file of a channel, open for reading. Used by one thread at a time. */
interface LogFile extends AutoCloseable {
  /** Reads from {@code byteOffset} on; nothing where the file has no more. */
  int read(ByteBuffer free, long byteOffset) throws IOException;

  /** How many bytes of the channel it holds now. */
  long byteSize() throws IOException;

  /** Makes what it holds durable. */
  void force() throws IOException;

  @Override
  void close() throws IOException;

  /** A file that holds the channel's bytes as they are. */
  static LogFile plain(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return new LogFile() {
      @Override
      public int read(ByteBuffer free, long byteOffset) throws IOException {
        return file.read(free, byteOffset);
      }

      @Override
      public long byteSize() throws IOException {
        return file.size();
      }

      @Override
      public void force() throws IOException {
        file.force(false);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
