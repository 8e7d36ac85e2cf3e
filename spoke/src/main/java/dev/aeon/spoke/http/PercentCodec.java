package dev.aeon.spoke.http;

import dev.aeon.spoke.model.SpokeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of paths: strict, so that no two paths mean the same by accident. */
final class PercentCodec {
  private static final int HEX = 16;

  private PercentCodec() {}

  /**
   * Decodes.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where an escape is unfinished or no UTF-8
   */
  static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(escaped(raw, i));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return text(bytes.toByteArray(), raw);
  }

  private static int escaped(String raw, int index) {
    int high = index + 2 < raw.length() ? Character.digit(raw.charAt(index + 1), HEX) : -1;
    int low = index + 2 < raw.length() ? Character.digit(raw.charAt(index + 2), HEX) : -1;
    if (high < 0 || low < 0) {
      throw malformed(raw, null);
    }
    return high * HEX + low;
  }

  private static String text(byte[] bytes, String raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed(raw, e);
    }
  }

  private static SpokeException malformed(
      String raw, @org.jspecify.annotations.Nullable Throwable cause) {
    String message = "a path is not percent-encoded UTF-8, length=" + raw.length();
    return cause == null
        ? new SpokeException(SpokeException.Code.INVALID_REQUEST, message)
        : new SpokeException(SpokeException.Code.INVALID_REQUEST, message, cause);
  }
}
