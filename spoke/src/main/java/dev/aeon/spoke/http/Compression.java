package dev.aeon.spoke.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** When answers are compressed, and how. */
final class Compression {
  private static final int MIN_BYTES = 1024;

  private Compression() {}

  /** Whether it pays for an answer. */
  static boolean pays(Answer answer) {
    String type = answer.contentType();
    boolean isText = type.startsWith("text/") || type.contains("json");
    return isText && answer.byteSize() >= MIN_BYTES;
  }

  /** Whether an {@code Accept-Encoding} allows gzip. */
  static boolean isAccepted(String acceptEncoding) {
    for (String item : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = item.split(";", -1);
      String coding = parts[0].strip();
      if (coding.equals("gzip") || coding.equals("*")) {
        return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return compressed.toByteArray();
  }
}
