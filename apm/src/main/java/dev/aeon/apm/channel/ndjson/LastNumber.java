package dev.aeon.apm.channel.ndjson;

import java.io.IOException;

/**
 * The number of a channel's last line, found from its end, so that a long channel costs little: of
 * the last line that has one, and the lines after it counted on.
 */
final class LastNumber implements TailScan.Finder {
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
    return TailScan.find(log, LastNumber::new).last;
  }

  @Override
  public boolean isComplete() {
    return last != SequenceNumber.NONE;
  }

  @Override
  public void add(byte each, long position) {
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
