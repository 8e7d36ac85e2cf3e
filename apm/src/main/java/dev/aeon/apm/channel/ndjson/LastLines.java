package dev.aeon.apm.channel.ndjson;

import java.io.IOException;

/** Finds where the last lines of a channel begin, from its end, so that a long one costs little. */
final class LastLines {
  private LastLines() {}

  /** The position of the last but {@code count} whole lines; with 0, the end of the last one. */
  static long start(ChannelLog log, int count) throws IOException {
    Ends ends = TailScan.find(log, _ -> new Ends(count));
    return ends.isComplete() ? ends.oldest() : log.nearest(0);
  }

  /** The ends of the last lines: of {@code count} lines, and of the one before them. */
  private static final class Ends implements TailScan.Finder {
    private final long[] newest;
    private long added;

    Ends(int count) {
      this.newest = new long[count + 1];
    }

    @Override
    public void add(byte each, long position) {
      if (each == '\n') {
        newest[(int) (added % newest.length)] = position + 1;
        added++;
      }
    }

    @Override
    public boolean isComplete() {
      return added >= newest.length;
    }

    long oldest() {
      return newest[(int) (added % newest.length)];
    }
  }
}
