package dev.aeon.slabs.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes text that others wrote. */
final class Utf8 {
  private Utf8() {}

  /** The text before the zero bytes at the end. */
  static String decode(byte[] bytes) {
    return decode(bytes, 0, lengthWithoutPadding(bytes));
  }

  static String decode(byte[] bytes, int from, int length) {
    ByteBuffer source = ByteBuffer.wrap(bytes, from, length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(source)
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new ViewContentException(
          "text is not UTF-8: byteOffset=%d byteSize=%d"
              .formatted(source.position() - from, length),
          malformed);
    }
  }

  private static int lengthWithoutPadding(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return length;
  }
}
