package dev.aeon.apm.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes of JSON text: finds the ends of strings and numbers, being strict about what lies in them.
 * A string is well-formed UTF-8 without control characters, and its escapes make whole characters
 * (RFC 8259 sections 6 to 8).
 */
final class JsonText {
  /** A longer number is refused: nobody counts so far, and reading it costs its length squared. */
  static final int MAX_NUMBER_LENGTH = 1000;

  private static final int MAX_EXPONENT_DIGITS = 9;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private final byte[] bytes;

  /** Whether the string last ended had an escape in it. */
  private boolean escaped;

  /** Whether it was ASCII alone. */
  private boolean ascii;

  JsonText(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  byte at(int byteOffset) {
    return bytes[byteOffset];
  }

  boolean wasEscaped() {
    return escaped;
  }

  /** Whether the string last ended is written as it is: ASCII without an escape. */
  boolean wasPlain() {
    return ascii && !escaped;
  }

  InvalidMessageException malformed(String detail, int byteOffset) {
    return new InvalidMessageException(
        new Violation("", ErrorCode.E_PROTOCOL_002, detail + ": byteOffset=" + byteOffset));
  }

  int skipSpace(int byteOffset) {
    int at = byteOffset;
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte each) {
    return each <= ' ' && isSpaceOrControl(each);
  }

  private static boolean isSpaceOrControl(byte each) {
    return each == ' ' || each == '\n' || each == '\r' || each == '\t';
  }

  /** The offset of the quote that ends the string whose content begins at {@code byteOffset}. */
  int endOfString(int byteOffset) {
    escaped = false;
    ascii = true;
    int at = byteOffset;
    while (true) {
      at = skipPlain(at);
      if (at >= bytes.length) {
        throw malformed("string has no end", at);
      }
      byte each = bytes[at];
      if (each == '"') {
        return at;
      }
      at = each == '\\' ? skipEscape(at) : skipUtf8(at);
    }
  }

  /** Eight bytes at a time past ASCII that is neither a quote, a backslash nor a control. */
  private int skipPlain(int byteOffset) {
    int at = byteOffset;
    while (at + Long.BYTES <= bytes.length) {
      long word = (long) WORDS.get(bytes, at);
      long quote = word ^ (ONES * '"');
      long backslash = word ^ (ONES * '\\');
      long special = (word | (word - ONES * ' ') | (quote - ONES) | (backslash - ONES)) & TOPS;
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < bytes.length && isPlain(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(byte each) {
    return each >= ' ' && each != '"' && each != '\\';
  }

  private int skipEscape(int at) {
    escaped = true;
    byte kind = byteOrZero(at + 1);
    if (kind == 'u') {
      return skipUnicodeEscape(at);
    }
    if ("\"\\/bfnrt".indexOf(kind) < 0) {
      throw malformed("unknown escape", at);
    }
    return at + 2;
  }

  private int skipUnicodeEscape(int at) {
    char unit = hex(at);
    if (!Character.isSurrogate(unit)) {
      return at + 6;
    }
    boolean paired =
        Character.isHighSurrogate(unit)
            && byteOrZero(at + 6) == '\\'
            && byteOrZero(at + 7) == 'u'
            && Character.isLowSurrogate(hex(at + 6));
    if (!paired) {
      throw malformed("lone surrogate", at);
    }
    return at + 12;
  }

  private char hex(int at) {
    int value = 0;
    for (int index = at + 2; index < at + 6; index++) {
      int digit = Character.digit(byteOrZero(index), 16);
      if (digit < 0) {
        throw malformed("not four hexadecimal digits", at);
      }
      value = (value << 4) | digit;
    }
    return (char) value;
  }

  /** Past one character of two to four bytes, in its shortest form and no surrogate. */
  private int skipUtf8(int at) {
    ascii = false;
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead < 0xE0 && isContinued(at, 1)) {
      return at + 2;
    }
    if (lead >= 0xE0 && lead < 0xF0 && isContinued(at, 2)) {
      int second = bytes[at + 1] & 0xFF;
      if ((lead != 0xE0 || second >= 0xA0) && (lead != 0xED || second < 0xA0)) {
        return at + 3;
      }
    }
    if (lead >= 0xF0 && lead < 0xF5 && isContinued(at, 3)) {
      int second = bytes[at + 1] & 0xFF;
      if ((lead != 0xF0 || second >= 0x90) && (lead != 0xF4 || second < 0x90)) {
        return at + 4;
      }
    }
    throw malformed(lead < ' ' ? "control character in a string" : "not UTF-8", at);
  }

  private boolean isContinued(int at, int count) {
    for (int index = at + 1; index <= at + count; index++) {
      if (index >= bytes.length || (bytes[index] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  /** The offset after the number that begins at {@code byteOffset}. */
  int endOfNumber(int byteOffset) {
    int at = byteOffset + (bytes[byteOffset] == '-' ? 1 : 0);
    at = byteOrZero(at) == '0' ? at + 1 : digits(at);
    if (byteOrZero(at) == '.') {
      at = digits(at + 1);
    }
    if ((byteOrZero(at) | 0x20) == 'e') {
      at = exponent(at + 1);
    }
    if (at - byteOffset > MAX_NUMBER_LENGTH) {
      throw malformed("number is too long", byteOffset);
    }
    return at;
  }

  private int exponent(int byteOffset) {
    byte sign = byteOrZero(byteOffset);
    int start = sign == '+' || sign == '-' ? byteOffset + 1 : byteOffset;
    int end = digits(start);
    if (end - start > MAX_EXPONENT_DIGITS) {
      throw malformed("number's exponent is too long", byteOffset);
    }
    return end;
  }

  private int digits(int byteOffset) {
    int at = byteOffset;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == byteOffset) {
      throw malformed("digit expected", at);
    }
    return at;
  }

  private byte byteOrZero(int byteOffset) {
    return byteOffset < bytes.length ? bytes[byteOffset] : 0;
  }
}
