package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The number of a channel's last line, found from its end, so that a long channel costs little: of
 * the last line that has one, and the lines after it counted on.
 */
final class LastNumber {
  private static final int FIRST_WINDOW_BYTE_SIZE = 64 * 1024;
  private static final int BLOCK_BYTE_SIZE = 64 * 1024;

  private final byte[] head = new byte[SequenceNumber.MAX_BYTE_SIZE];
  private int headByteSize;
  private boolean isWhole;
  private long last = SequenceNumber.NONE;

  /** Reads from the beginning of a line, or within one whose rest does not count. */
  private LastNumber(boolean isWhole) {
    this.isWhole = isWhole;
  }

  /** {@link SequenceNumber#NONE} where no line has a number. */
  static long of(ChannelLog log) throws IOException {
    long begin = log.nearest(0);
    long end = log.nearest(Long.MAX_VALUE);
    for (long window = FIRST_WINDOW_BYTE_SIZE; ; window *= 4) {
      long from = Math.max(begin, end - window);
      LastNumber found = new LastNumber(from == begin);
      found.scan(log, from, end);
      if (found.last != SequenceNumber.NONE || from == begin) {
        return found.last;
      }
    }
  }

  private void scan(ChannelLog log, long from, long to) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTE_SIZE);
    long position = from;
    while (position < to) {
      block.clear().limit((int) Math.min(block.capacity(), to - position));
      if (log.read(block, position) != ChannelLog.Outcome.BYTES) {
        return;
      }
      for (int index = 0; index < block.position(); index++) {
        add(block.get(index));
      }
      position += block.position();
    }
  }

  private void add(byte each) {
    if (each == '\n') {
      endLine();
    } else if (headByteSize < head.length) {
      head[headByteSize] = each;
      headByteSize++;
    }
  }

  private void endLine() {
    if (isWhole && headByteSize > 0) {
      long number = SequenceNumber.of(head, 0, headByteSize);
      boolean isCountedOn = number == SequenceNumber.NONE && last != SequenceNumber.NONE;
      last = isCountedOn ? last + 1 : number;
    }
    isWhole = true;
    headByteSize = 0;
  }
}
