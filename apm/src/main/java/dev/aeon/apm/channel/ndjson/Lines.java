package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.codec.JsonCodec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A whole file's lines, each with its newline; an over-long one comes in pieces. */
final class Lines {
  private static final int BUFFER_BYTE_SIZE = 64 * 1024;

  /** Takes one line. */
  interface Taker {
    /**
     * Takes the line that begins at {@code byteOffset} of the file.
     *
     * @return whether the next is wanted
     */
    boolean take(byte[] line, long byteOffset) throws IOException;
  }

  private Lines() {}

  static void forEach(Path file, Taker taker) throws IOException {
    try (InputStream bytes =
        new BufferedInputStream(
            Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
            BUFFER_BYTE_SIZE)) {
      long byteOffset = 0;
      byte[] line = next(bytes);
      while (line.length > 0 && taker.take(line, byteOffset)) {
        byteOffset += line.length;
        line = next(bytes);
      }
    }
  }

  /** As many bytes, and a newline where there was one. */
  static byte[] blank(byte[] line) {
    byte[] blank = new byte[line.length];
    Arrays.fill(blank, (byte) ' ');
    blank[line.length - 1] = line[line.length - 1] == '\n' ? (byte) '\n' : (byte) ' ';
    return blank;
  }

  private static byte[] next(InputStream bytes) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = bytes.read(); each >= 0; each = bytes.read()) {
      line.write(each);
      if (each == '\n' || line.size() > JsonCodec.MAX_BYTE_SIZE) {
        break;
      }
    }
    return line.toByteArray();
  }
}
