package dev.aeon.apm.cli;

import dev.aeon.apm.codec.JsonCodec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a stream, of which none longer than a message may be is held: what is beyond is counted
 * and dropped. Confined to one thread.
 */
final class MessageLines {
  private final InputStream in;
  private long number;

  /**
   * A line.
   *
   * @param number counted from 1
   * @param bytes without the line break; of one that is too long, the first ones
   * @param byteSize how many it had in all
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Line(long number, byte[] bytes, long byteSize) {
    boolean isTooLong() {
      return byteSize > JsonCodec.MAX_BYTE_SIZE;
    }

    boolean isBlank() {
      for (byte each : bytes) {
        if (each != ' ' && each != '\t') {
          return false;
        }
      }
      return true;
    }
  }

  MessageLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    long byteSize = 0;
    int last = -1;
    int each = in.read();
    if (each < 0) {
      return null;
    }
    for (; each >= 0 && each != '\n'; each = in.read()) {
      byteSize++;
      last = each;
      if (byteSize <= JsonCodec.MAX_BYTE_SIZE) {
        bytes.write(each);
      }
    }
    number++;
    // One break too many for a message of the greatest length was not kept.
    if (last == '\r') {
      byteSize--;
    }
    byte[] kept = bytes.toByteArray();
    int length = (int) Math.min(kept.length, byteSize);
    return new Line(number, Arrays.copyOf(kept, length), byteSize);
  }
}
