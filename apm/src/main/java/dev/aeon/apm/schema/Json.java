package dev.aeon.apm.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.io.JsonStringEncoder;

/** Pieces of JSON text. */
final class Json {
  private Json() {}

  /**
   * A string in quotes, as UTF-8.
   *
   * @throws InvalidMessageException where it holds half a character
   */
  static byte[] quote(String text) {
    checkSurrogates(text);
    byte[] content = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] quoted = new byte[content.length + 2];
    quoted[0] = '"';
    System.arraycopy(content, 0, quoted, 1, content.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }

  private static void checkSurrogates(String text) {
    for (int index = 0; index < text.length(); index++) {
      if (Character.isSurrogate(text.charAt(index))) {
        boolean paired =
            Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
        if (!paired) {
          throw new InvalidMessageException(
              new Violation("", ErrorCode.E_PROTOCOL_002, "lone surrogate: charIndex=" + index));
        }
        index++;
      }
    }
  }

  static byte[] field(String name, byte[] value) {
    byte[] quoted = quote(name);
    byte[] field = Arrays.copyOf(quoted, quoted.length + 1 + value.length);
    field[quoted.length] = ':';
    System.arraycopy(value, 0, field, quoted.length + 1, value.length);
    return field;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A copy of well-formed text on one line: a break can only lie between tokens. */
  static byte[] oneLine(byte[] bytes, int from, int to) {
    byte[] line = Arrays.copyOfRange(bytes, from, to);
    joinLines(line);
    return line;
  }

  /** Puts spaces in the place of the line breaks of well-formed text. */
  static void joinLines(byte[] text) {
    for (int index = 0; index < text.length; index++) {
      if (text[index] == '\n' || text[index] == '\r') {
        text[index] = ' ';
      }
    }
  }
}
