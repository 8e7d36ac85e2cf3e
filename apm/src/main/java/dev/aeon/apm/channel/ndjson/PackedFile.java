package dev.aeon.apm.channel.ndjson;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that {@link Compaction} packed, read from front to back. The last bytes are held, since a
 * follower comes back for the beginning of a line of which it had not all; whoever goes further
 * back begins anew.
 */
final class PackedFile implements LogFile {
  private static final int HELD_BYTE_SIZE = Follower.BUFFER_BYTE_SIZE;
  private static final int WINDOW_BYTE_SIZE = 2 * HELD_BYTE_SIZE;
  private static final int BUFFER_BYTE_SIZE = 64 * 1024;

  private final FileChannel file;
  private final long byteSize;
  private final byte[] window = new byte[WINDOW_BYTE_SIZE];
  private long windowOffset;
  private int windowByteSize;
  private @Nullable InputStream unpacking;

  private PackedFile(FileChannel file, long byteSize) {
    this.file = file;
    this.byteSize = byteSize;
  }

  static PackedFile open(Segment segment) throws IOException {
    FileChannel file =
        FileChannel.open(segment.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return new PackedFile(file, segment.byteSize());
  }

  /**
   * As specified.
   *
   * @throws EOFException where it is shorter than its name says
   * @throws java.util.zip.ZipException where it is damaged
   */
  @Override
  public int read(ByteBuffer free, long byteOffset) throws IOException {
    InputStream bytes = unpacking;
    if (bytes == null || byteOffset < windowOffset) {
      bytes = begin();
    }
    while (byteOffset >= windowOffset + windowByteSize) {
      if (windowOffset + windowByteSize >= byteSize) {
        return 0;
      }
      moveOn(bytes);
    }
    int index = (int) (byteOffset - windowOffset);
    int byteCount = Math.min(free.remaining(), windowByteSize - index);
    free.put(window, index, byteCount);
    return byteCount;
  }

  @Override
  public long byteSize() {
    return byteSize;
  }

  /** Nothing is left to do: it got its name after that. */
  @Override
  public void force() {}

  @Override
  public void close() throws IOException {
    try (file) {
      stop();
    }
  }

  private InputStream begin() throws IOException {
    stop();
    windowOffset = 0;
    windowByteSize = 0;
    InputStream packed = Channels.newInputStream(file.position(0));
    InputStream begun =
        new GZIPInputStream(
            new FilterInputStream(packed) {
              @Override
              public void close() {}
            },
            BUFFER_BYTE_SIZE);
    unpacking = begun;
    return begun;
  }

  private void stop() throws IOException {
    if (unpacking != null) {
      unpacking.close();
      unpacking = null;
    }
  }

  private void moveOn(InputStream bytes) throws IOException {
    int held = Math.min(windowByteSize, HELD_BYTE_SIZE);
    System.arraycopy(window, windowByteSize - held, window, 0, held);
    windowOffset += windowByteSize - held;
    windowByteSize = held;
    long left = byteSize - windowOffset - held;
    int byteCount = bytes.readNBytes(window, held, (int) Math.min(window.length - held, left));
    if (byteCount == 0) {
      throw new EOFException("shorter than its name says: byteSize=" + byteSize);
    }
    windowByteSize += byteCount;
  }
}
