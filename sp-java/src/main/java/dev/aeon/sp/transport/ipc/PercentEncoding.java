package dev.aeon.sp.transport.ipc;

import dev.aeon.sp.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes written as text: {@code %} and two hexadecimal digits, or a character as UTF-8. */
final class PercentEncoding {
  private static final int RADIX = 16;
  private static final int ESCAPE_LENGTH = 3;

  private PercentEncoding() {}

  /**
   * The bytes that {@code text} stands for.
   *
   * @throws TransportException that tells the index of an escape that is cut short or not
   *     hexadecimal
   */
  static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    int index = 0;
    while (index < text.length()) {
      index = text.charAt(index) == '%' ? escape(text, index, bytes) : plain(text, index, bytes);
    }
    return bytes.toByteArray();
  }

  private static int escape(String text, int index, ByteArrayOutputStream bytes) {
    if (index + ESCAPE_LENGTH > text.length()) {
      throw TransportException.malformed("escape is cut short: name=" + text, index);
    }
    bytes.write(digit(text, index + 1) * RADIX + digit(text, index + 2));
    return index + ESCAPE_LENGTH;
  }

  private static int digit(String text, int index) {
    char each = text.charAt(index);
    int digit = each < 0x80 ? Character.digit(each, RADIX) : -1;
    if (digit < 0) {
      throw TransportException.malformed("escape is not hexadecimal: name=" + text, index);
    }
    return digit;
  }

  private static int plain(String text, int index, ByteArrayOutputStream bytes) {
    int next = text.offsetByCodePoints(index, 1);
    bytes.writeBytes(text.substring(index, next).getBytes(StandardCharsets.UTF_8));
    return next;
  }
}
