package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one channel's file as it grows, whole lines only: its position is always the beginning of a
 * line, so that a torn end, which a writer may yet cut off, is never taken in. An over-long line is
 * skipped without being held. Confined to one thread.
 */
final class Follower {
  /** Room for the longest line, a carriage return and the newline. */
  static final int BUFFER_BYTE_SIZE = JsonCodec.MAX_BYTE_SIZE + 2;

  private static final int KEPT_BYTE_SIZE = 4096;

  private final String name;
  private final Path path;
  private final byte[] buffer;
  private final InboxListener listener;
  private long position;

  /** Where the end of an over-long line is looked for next; the position while there is none. */
  private long scanned;

  /**
   * From the file's beginning.
   *
   * @param buffer {@value #BUFFER_BYTE_SIZE} bytes, which the followers of one thread share
   */
  Follower(ChannelDirectory directory, byte[] buffer, InboxListener listener) {
    this.name = directory.name();
    this.path = directory.messages();
    this.buffer = buffer;
    this.listener = listener;
  }

  /** Delivers what is new; true where anything was, so that there may be more. */
  boolean advance() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long before = position;
      forgetWhatWasCut(file.size());
      while (advance(file)) {}
      return position != before;
    }
  }

  private void forgetWhatWasCut(long byteSize) {
    if (scanned > byteSize) {
      scanned = Math.min(position, byteSize);
    }
    if (position > byteSize) {
      report(position, new byte[0], 0, "file shrank: position=" + position + " size=" + byteSize);
      position = byteSize;
    }
  }

  private boolean advance(FileChannel file) throws IOException {
    boolean isSkipping = scanned > position;
    int byteCount = fill(file, isSkipping ? scanned : position);
    return isSkipping ? skip(file, byteCount) : deliver(byteCount);
  }

  private int fill(FileChannel file, long byteOffset) throws IOException {
    ByteBuffer free = ByteBuffer.wrap(buffer);
    while (free.hasRemaining() && file.read(free, byteOffset + free.position()) >= 0) {}
    return free.position();
  }

  private boolean deliver(int byteCount) {
    int start = 0;
    for (int end = newline(0, byteCount); end >= 0; end = newline(start, byteCount)) {
      long lineOffset = position + start;
      line(lineOffset, start, end);
      start = end + 1;
    }
    position += start;
    scanned = position;
    if (start == 0 && byteCount == BUFFER_BYTE_SIZE) {
      scanned = position + byteCount;
      return true;
    }
    return start > 0;
  }

  private boolean skip(FileChannel file, int byteCount) throws IOException {
    int end = newline(0, byteCount);
    if (end < 0) {
      scanned += byteCount;
      return byteCount > 0;
    }
    long lineEnd = scanned + end;
    overLong(file, lineEnd);
    position = lineEnd + 1;
    scanned = position;
    return true;
  }

  private int newline(int from, int to) {
    for (int index = from; index < to; index++) {
      if (buffer[index] == '\n') {
        return index;
      }
    }
    return -1;
  }

  private void line(long lineOffset, int start, int end) {
    int trimmed = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    byte[] line = Arrays.copyOfRange(buffer, start, trimmed);
    if (line.length > JsonCodec.MAX_BYTE_SIZE) {
      tooLong(lineOffset, Arrays.copyOf(line, KEPT_BYTE_SIZE), line.length);
    } else if (!isBlank(line)) {
      listener.onLine(new Delivery(new Source(name, lineOffset), line, () -> {}));
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t') {
        return false;
      }
    }
    return true;
  }

  private void overLong(FileChannel file, long lineEnd) throws IOException {
    ByteBuffer kept = ByteBuffer.allocate(KEPT_BYTE_SIZE);
    while (kept.hasRemaining() && file.read(kept, position + kept.position()) > 0) {}
    tooLong(position, kept.array(), lineEnd - position);
  }

  private void tooLong(long lineOffset, byte[] kept, long byteSize) {
    Violation violation =
        new Violation(
            "",
            ErrorCode.E_VALIDATION_005,
            "too long: byteSize=" + byteSize + " limit=" + JsonCodec.MAX_BYTE_SIZE);
    listener.onMalformed(
        new BadInput(new Source(name, lineOffset), kept, byteSize, List.of(violation)));
  }

  private void report(long byteOffset, byte[] raw, long byteSize, String detail) {
    Violation violation = new Violation("", ErrorCode.E_PROTOCOL_002, detail);
    listener.onMalformed(
        new BadInput(new Source(name, byteOffset), raw, byteSize, List.of(violation)));
  }
}
