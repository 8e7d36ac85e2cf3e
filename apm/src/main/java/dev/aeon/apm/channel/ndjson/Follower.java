package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.channel.RelayedLine;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.codec.JsonCodec;
import dev.aeon.apm.internal.ReceivedLine;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one channel as it grows, whole lines only: its position is always the beginning of a line,
 * so that a torn end, which a writer may yet cut off, is never taken in. An over-long line is
 * skipped without being held. Used by one thread at a time.
 */
final class Follower implements AutoCloseable {
  /** Room for the longest line, a carriage return and the newline. */
  static final int BUFFER_BYTE_SIZE = JsonCodec.MAX_BYTE_SIZE + 2;

  private final String name;
  private final ChannelLog log;
  private final Cursor cursor;
  private final byte[] buffer;
  private final InboxListener listener;
  private final SequenceCheck sequence;
  private long position;

  /** Where the end of an over-long line is looked for next; the position while there is none. */
  private long scanned;

  /** The beginning of the over-long line that is being skipped. */
  private byte[] kept = new byte[0];

  /**
   * From the cursor's position.
   *
   * @param commits up to where it may read
   * @param buffer {@value #BUFFER_BYTE_SIZE} bytes, which the followers of one thread share
   */
  Follower(
      ChannelDirectory directory,
      Commits commits,
      Cursor cursor,
      byte[] buffer,
      InboxListener listener) {
    this.name = directory.name();
    this.log = new ChannelLog(directory, commits);
    this.cursor = cursor;
    this.buffer = buffer;
    this.listener = listener;
    this.position = cursor.position();
    this.scanned = position;
    this.sequence = new SequenceCheck(name, position, listener);
  }

  /** Delivers what is new; true where anything was, so that there may be more. */
  boolean advance() throws IOException {
    long before = position;
    while (!cursor.isFull() && advanceOnce()) {}
    return position != before;
  }

  /**
   * Delivers a line that came by another way, where it is the next.
   *
   * @return false where the log is to be asked: for what lies between, or because the line is none
   */
  boolean offer(RelayedLine relayed) {
    long lineOffset = relayed.source().position();
    byte[] line = relayed.line();
    if (lineOffset < position) {
      return true;
    }
    if (lineOffset > position || scanned > position || cursor.isFull() || !isWhole(line)) {
      return false;
    }
    long next = lineOffset + line.length + 1;
    sequence.read(lineOffset, SequenceNumber.of(line, 0, line.length));
    deliver(lineOffset, next, line);
    position = next;
    scanned = next;
    return true;
  }

  private static boolean isWhole(byte[] line) {
    if (line.length == 0 || line.length > JsonCodec.MAX_BYTE_SIZE) {
      return false;
    }
    int index = 0;
    while (index < line.length && line[index] != '\n') {
      index++;
    }
    return index == line.length && line[index - 1] != '\r';
  }

  /** Whether it waits for messages to be settled before it reads on. */
  boolean isFull() {
    return cursor.isFull();
  }

  @Override
  public void close() throws IOException {
    try (log) {
      cursor.close();
    }
  }

  private boolean advanceOnce() throws IOException {
    boolean isSkipping = scanned > position;
    int byteCount = fill(isSkipping ? scanned : position);
    return isSkipping ? skip(byteCount) : deliver(byteCount);
  }

  private int fill(long from) throws IOException {
    ByteBuffer free = ByteBuffer.wrap(buffer);
    ChannelLog.Outcome outcome = log.read(free, from);
    while (outcome == ChannelLog.Outcome.BYTES && free.hasRemaining()) {
      outcome = log.read(free, from + free.position());
    }
    if (outcome == ChannelLog.Outcome.NOWHERE && newline(0, free.position()) < 0) {
      goOnWhereTheLogIs(from);
      return 0;
    }
    return free.position();
  }

  private void goOnWhereTheLogIs(long from) throws IOException {
    long nearest = log.nearest(position);
    String detail = "bytes are missing: position=" + from + " next=" + nearest;
    Violation violation = new Violation("", ErrorCode.E_PROTOCOL_002, detail);
    listener.onMalformed(
        new BadInput(new Source(name, position), new byte[0], 0, List.of(violation)));
    if (nearest > position) {
      cursor.skip(position, nearest);
    }
    position = nearest;
    scanned = nearest;
  }

  private boolean deliver(int byteCount) {
    int start = 0;
    int end = newline(0, byteCount);
    while (end >= 0 && !cursor.isFull()) {
      line(position + start, start, end);
      start = end + 1;
      end = newline(start, byteCount);
    }
    position += start;
    scanned = position;
    if (start == 0 && end < 0 && byteCount == BUFFER_BYTE_SIZE) {
      kept = Arrays.copyOf(buffer, ReceivedLine.KEPT_BYTE_SIZE);
      scanned = position + byteCount;
      return true;
    }
    return start > 0;
  }

  private boolean skip(int byteCount) {
    int end = newline(0, byteCount);
    if (end < 0) {
      scanned += byteCount;
      return byteCount > 0;
    }
    long lineEnd = scanned + end;
    sequence.read(position, SequenceNumber.of(kept, 0, kept.length));
    tooLong(position, kept, lineEnd - position);
    cursor.skip(position, lineEnd + 1);
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
    long next = lineOffset + end + 1 - start;
    if (trimmed > start) {
      sequence.read(lineOffset, SequenceNumber.of(buffer, start, trimmed));
    }
    if (trimmed - start > JsonCodec.MAX_BYTE_SIZE) {
      tooLong(
          lineOffset,
          Arrays.copyOfRange(buffer, start, start + ReceivedLine.KEPT_BYTE_SIZE),
          trimmed - start);
      cursor.skip(lineOffset, next);
    } else if (isBlank(start, trimmed)) {
      cursor.skip(lineOffset, next);
    } else {
      deliver(lineOffset, next, Arrays.copyOfRange(buffer, start, trimmed));
    }
  }

  private void deliver(long lineOffset, long next, byte[] line) {
    if (cursor.wasSettled(lineOffset)) {
      cursor.skip(lineOffset, next);
    } else {
      Runnable settlement = cursor.deliver(lineOffset, next);
      listener.onLine(new Delivery(new Source(name, lineOffset), line, settlement));
    }
  }

  private boolean isBlank(int start, int end) {
    for (int index = start; index < end; index++) {
      if (buffer[index] != ' ' && buffer[index] != '\t') {
        return false;
      }
    }
    return true;
  }

  private void tooLong(long lineOffset, byte[] raw, long byteSize) {
    listener.onMalformed(ReceivedLine.tooLong(new Source(name, lineOffset), raw, byteSize));
  }
}
