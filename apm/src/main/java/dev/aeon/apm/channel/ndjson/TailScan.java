package dev.aeon.apm.channel.ndjson;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Looks through the end of a channel, and through more of it until something was found, so that a
 * long channel costs little.
 */
final class TailScan {
  private static final int FIRST_WINDOW_BYTE_SIZE = 64 * 1024;
  private static final int BLOCK_BYTE_SIZE = 64 * 1024;

  private TailScan() {}

  /** What is shown the bytes of one window. */
  interface Finder {
    /** Shows the byte at a position of the channel. */
    void add(byte each, long position);

    boolean isComplete();
  }

  /** Makes what looks through one window. */
  @FunctionalInterface
  interface Finders<F> {
    /** One for a window, which is whole if it begins with the channel. */
    F make(boolean isWhole);
  }

  /** What was complete, or was shown the whole channel. */
  static <F extends Finder> F find(ChannelLog log, Finders<F> finders) throws IOException {
    long begin = log.nearest(0);
    long end = log.nearest(Long.MAX_VALUE);
    for (long window = FIRST_WINDOW_BYTE_SIZE; ; window *= 4) {
      long from = Math.max(begin, end - window);
      F finder = finders.make(from == begin);
      show(log, from, end, finder);
      if (finder.isComplete() || from == begin) {
        return finder;
      }
    }
  }

  private static void show(ChannelLog log, long from, long to, Finder finder) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTE_SIZE);
    long position = from;
    while (position < to) {
      block.clear().limit((int) Math.min(block.capacity(), to - position));
      if (log.read(block, position) != ChannelLog.Outcome.BYTES) {
        return;
      }
      for (int index = 0; index < block.position(); index++) {
        finder.add(block.get(index), position + index);
      }
      position += block.position();
    }
  }
}
