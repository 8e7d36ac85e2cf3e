package dev.aeon.apm.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files as a whole. */
public final class WholeFiles {
  private WholeFiles() {}

  /**
   * The bytes of a file.
   *
   * @throws TooLongFileException where it has more than {@code maxByteSize}, whatever its size is
   *     said to be; no more than that is held
   */
  public static byte[] read(Path file, int maxByteSize) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxByteSize + 1);
      if (bytes.length > maxByteSize) {
        throw new TooLongFileException(file, maxByteSize);
      }
      return bytes;
    }
  }
}
