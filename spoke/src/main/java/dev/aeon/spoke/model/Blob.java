package dev.aeon.spoke.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes that lie somewhere, and are read as they are wanted, from any place and as often as one
 * likes; so that what is large is never in memory whole. Thread-safe.
 */
public interface Blob {
  /** How many there are. */
  long byteSize();

  /**
   * Reads them from a place on; the caller closes what it gets, at its end or before.
   *
   * @throws IOException where they cannot be read; so does reading on, at the latest instead of the
   *     end where they turn out to be others than were stored
   */
  InputStream open(long byteOffset) throws IOException;

  /** Bytes in memory. */
  static Blob of(byte[] bytes) {
    return new Blob() {
      @Override
      public long byteSize() {
        return bytes.length;
      }

      @Override
      public InputStream open(long byteOffset) {
        int from = Math.toIntExact(byteOffset);
        return new ByteArrayInputStream(bytes, from, bytes.length - from);
      }
    };
  }

  /** The bytes that a file has now. */
  static Blob of(Path file) throws IOException {
    long byteSize = Files.size(file);
    return new Blob() {
      @Override
      public long byteSize() {
        return byteSize;
      }

      @Override
      public InputStream open(long byteOffset) throws IOException {
        return Channels.newInputStream(
            FileChannel.open(file, StandardOpenOption.READ).position(byteOffset));
      }
    };
  }

  /** All of them. */
  default byte[] readAll() throws IOException {
    try (InputStream in = open(0)) {
      return in.readAllBytes();
    }
  }
}
