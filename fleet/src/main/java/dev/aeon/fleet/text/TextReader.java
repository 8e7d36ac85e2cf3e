package dev.aeon.fleet.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads one text file after another into memory that it keeps, at most {@link #maxByteSize()} bytes
 * each. Used by one thread.
 */
public final class TextReader {
  /** The largest file that is read, in bytes; a larger one is skipped and counted. */
  public static final int DEFAULT_MAX_BYTE_SIZE = 16 << 20;

  private static final int SNIFFED_BYTES = 8 << 10;
  private static final int FIRST_CAPACITY = 64 << 10;

  /** What became of a file. */
  public enum Outcome {
    /** It is text and stands in {@link #text()}. */
    TEXT,
    /** It is larger than the limit. */
    TOO_LARGE,
    /** It holds a zero byte near its start, or bytes that are not UTF-8. */
    BINARY,
    /** It is gone, is no regular file, or may not be read. */
    UNREADABLE
  }

  private final int maxByteSize;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_CAPACITY);
  private char[] text = new char[FIRST_CAPACITY];
  private int length;

  /** A reader with the default limit. */
  public TextReader() {
    this(DEFAULT_MAX_BYTE_SIZE);
  }

  TextReader(int maxByteSize) {
    this.maxByteSize = maxByteSize;
  }

  /** The largest file that this reader reads, in bytes. */
  public int maxByteSize() {
    return maxByteSize;
  }

  /** The text of the last file read; valid up to {@link #length()} and until the next read. */
  public char[] text() {
    return text;
  }

  /** The number of UTF-16 units in {@link #text()}. */
  public int length() {
    return length;
  }

  /** The size of the last file read, in bytes. */
  public int byteSize() {
    return bytes.limit();
  }

  /** Reads a file; never throws for what the file is or holds. */
  public Outcome read(Path file) {
    length = 0;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return Outcome.UNREADABLE;
      }
      if (attributes.size() > maxByteSize) {
        return Outcome.TOO_LARGE;
      }
      return readBytes(file, (int) attributes.size()) ? decode() : Outcome.TOO_LARGE;
    } catch (IOException | SecurityException unreadable) {
      return Outcome.UNREADABLE;
    }
  }

  /** Reads to the end of the file, which may have grown meanwhile; false where it is too large. */
  private boolean readBytes(Path file, int expectedByteSize) throws IOException {
    bytes.clear();
    ensureBytes(expectedByteSize + 1);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (channel.read(bytes) >= 0) {
        if (bytes.position() > maxByteSize) {
          return false;
        }
        ensureBytes(bytes.position() + 1);
      }
    }
    bytes.flip();
    return true;
  }

  private void ensureBytes(int byteCount) {
    if (bytes.capacity() < byteCount) {
      int capacity = Math.clamp((long) byteCount * 2, FIRST_CAPACITY, maxByteSize + 1);
      bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
    }
  }

  private Outcome decode() {
    int byteSize = bytes.limit();
    if (holdsZeroByte(Math.min(byteSize, SNIFFED_BYTES))) {
      return Outcome.BINARY;
    }
    if (text.length < byteSize) {
      text = new char[Math.max(byteSize, Math.min(text.length * 2, maxByteSize))];
    }
    CharBuffer units = CharBuffer.wrap(text);
    CoderResult result = decoder.reset().decode(bytes, units, true);
    bytes.limit(byteSize);
    if (result.isError()) {
      return Outcome.BINARY;
    }
    length = units.position();
    return Outcome.TEXT;
  }

  private boolean holdsZeroByte(int byteCount) {
    byte[] array = bytes.array();
    for (int index = 0; index < byteCount; index++) {
      if (array[index] == 0) {
        return true;
      }
    }
    return false;
  }
}
