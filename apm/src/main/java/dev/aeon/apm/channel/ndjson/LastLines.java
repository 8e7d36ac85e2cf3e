package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds where the last lines of a channel begin, from its end, so that a long one costs little. */
final class LastLines {
  private static final int FIRST_WINDOW_BYTE_SIZE = 64 * 1024;
  private static final int BLOCK_BYTE_SIZE = 64 * 1024;

  private LastLines() {}

  /** The position of the last but {@code count} whole lines; with 0, the end of the last one. */
  static long start(ChannelLog log, int count) throws IOException {
    long begin = log.nearest(0);
    long end = log.nearest(Long.MAX_VALUE);
    for (long window = FIRST_WINDOW_BYTE_SIZE; ; window *= 4) {
      long from = Math.max(begin, end - window);
      Ends ends = new Ends(count);
      scan(log, from, end, ends);
      if (ends.isComplete() || from == begin) {
        return ends.isComplete() ? ends.oldest() : begin;
      }
    }
  }

  private static void scan(ChannelLog log, long from, long to, Ends ends) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTE_SIZE);
    long position = from;
    while (position < to) {
      block.clear().limit((int) Math.min(block.capacity(), to - position));
      if (log.read(block, position) != ChannelLog.Outcome.BYTES) {
        return;
      }
      for (int index = 0; index < block.position(); index++) {
        if (block.get(index) == '\n') {
          ends.add(position + index + 1);
        }
      }
      position += block.position();
    }
  }

  /** The ends of the last lines: of {@code count} lines, and of the one before them. */
  private static final class Ends {
    private final long[] newest;
    private long added;

    Ends(int count) {
      this.newest = new long[count + 1];
    }

    void add(long end) {
      newest[(int) (added % newest.length)] = end;
      added++;
    }

    boolean isComplete() {
      return added >= newest.length;
    }

    long oldest() {
      return newest[(int) (added % newest.length)];
    }
  }
}
