package dev.aeon.apm.schema;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Where each value of a JSON document lies. Values are named by their entry number, in the order of
 * the text; the document itself is entry 0. A field is two entries: its name, a string, and its
 * value, the next one. Immutable.
 *
 * <pre>
 *   kind | start | end | next    offsets of the text; a string's without its quotes
 * </pre>
 *
 * <p>{@code next} is the entry after the value and all within it; in a name's place, where that is
 * known anyway, lies the name's {@link #hash(String)}.
 */
public final class JsonIndex {
  static final int KIND = 0;
  static final int START = 1;
  static final int END = 2;
  static final int NEXT = 3;
  static final int HASH = 3;
  static final int STRIDE = 4;

  static final int OBJECT = 0;
  static final int ARRAY = 1;
  static final int STRING = 2;
  static final int ESCAPED_STRING = 3;
  static final int NUMBER = 4;
  static final int BOOLEAN = 5;
  static final int NULL = 6;

  private static final String[] KIND_NAMES = {
    "object", "array", "string", "string", "number", "boolean", "null"
  };

  private final byte[] bytes;
  private final int[] entries;

  JsonIndex(byte[] bytes, int[] entries) {
    this.bytes = bytes;
    this.entries = entries;
  }

  byte[] bytes() {
    return bytes;
  }

  int kind(int entry) {
    return entries[entry * STRIDE + KIND];
  }

  /** What a value is: object, array, string, number, boolean or null. */
  public String kindName(int entry) {
    return KIND_NAMES[kind(entry)];
  }

  public boolean isObject(int entry) {
    return kind(entry) == OBJECT;
  }

  public boolean isArray(int entry) {
    return kind(entry) == ARRAY;
  }

  public boolean isString(int entry) {
    int kind = kind(entry);
    return kind == STRING || kind == ESCAPED_STRING;
  }

  public boolean isNumber(int entry) {
    return kind(entry) == NUMBER;
  }

  public boolean isBoolean(int entry) {
    return kind(entry) == BOOLEAN;
  }

  public boolean isNull(int entry) {
    return kind(entry) == NULL;
  }

  int start(int entry) {
    return entries[entry * STRIDE + START];
  }

  int end(int entry) {
    return entries[entry * STRIDE + END];
  }

  /** The entry after a value and all within it. */
  int next(int entry) {
    return entries[entry * STRIDE + NEXT];
  }

  int hash(int name) {
    return entries[name * STRIDE + HASH];
  }

  /** What {@link #hash(String)} gives for a name of ASCII without escapes. */
  int computePlainHash(int name) {
    int start = start(name);
    int length = end(name) - start;
    return length == 0
        ? 0
        : hash(length, bytes[start], bytes[start + length / 2], bytes[start + length - 1]);
  }

  /** Tells names apart that are alike in nothing: cheaper than a hash of every character. */
  static int hash(String name) {
    int length = name.length();
    return length == 0
        ? 0
        : hash(length, name.charAt(0), name.charAt(length / 2), name.charAt(length - 1));
  }

  private static int hash(int length, int first, int middle, int last) {
    return ((length * 31 + first) * 31 + middle) * 31 + last;
  }

  /** The value of an object's field, or -1 where there is none of that name. */
  int find(int object, String name) {
    int hash = hash(name);
    int end = next(object);
    for (int each = object + 1; each < end; each = next(each + 1)) {
      if (hash(each) == hash && textEquals(each, name)) {
        return each + 1;
      }
    }
    return -1;
  }

  /** Whether a string says {@code text}. */
  boolean textEquals(int entry, String text) {
    if (kind(entry) != STRING) {
      return string(entry).equals(text);
    }
    int start = start(entry);
    int length = end(entry) - start;
    if (length < text.length()) {
      return false; // no character takes less than a byte
    }
    for (int index = 0; index < text.length(); index++) {
      if (text.charAt(index) != bytes[start + index]) {
        return bytes[start + index] < 0 && string(entry).equals(text);
      }
    }
    return length == text.length();
  }

  /** What a string says, its escapes resolved. */
  public String string(int entry) {
    int start = start(entry);
    String raw = new String(bytes, start, end(entry) - start, StandardCharsets.UTF_8);
    return kind(entry) == STRING ? raw : unescape(raw);
  }

  /** What a string says, where only ASCII matters: every other character is some other one. */
  CharSequence ascii(int entry) {
    return kind(entry) == STRING ? new AsciiText(bytes, start(entry), end(entry)) : string(entry);
  }

  private static String unescape(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      if (raw.charAt(at) != '\\') {
        text.append(raw.charAt(at));
        at++;
      } else if (raw.charAt(at + 1) == 'u') {
        text.append((char) Integer.parseInt(raw, at + 2, at + 6, 16));
        at += 6;
      } else {
        text.append(escaped(raw.charAt(at + 1)));
        at += 2;
      }
    }
    return text.toString();
  }

  private static char escaped(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** How many levels of objects and arrays there are in a value. */
  int depth(int entry) {
    if (!isObject(entry) && !isArray(entry)) {
      return 0;
    }
    int nameCount = isObject(entry) ? 1 : 0;
    int deepest = 0;
    int each = entry + 1;
    while (each < next(entry)) {
      int value = each + nameCount;
      deepest = Math.max(deepest, depth(value));
      each = next(value);
    }
    return deepest + 1;
  }

  boolean booleanValue(int entry) {
    return bytes[start(entry)] == 't';
  }

  double doubleValue(int entry) {
    return Double.parseDouble(raw(entry));
  }

  BigDecimal decimal(int entry) {
    return new BigDecimal(raw(entry));
  }

  /** Whether a number has no fraction and fits 64 bits; costs nothing for hostile exponents. */
  boolean isLong(int entry) {
    try {
      long _ = longValue(entry);
      return true;
    } catch (ArithmeticException _) {
      return false;
    }
  }

  /**
   * A number that fits.
   *
   * @throws ArithmeticException where it has a fraction or does not fit 64 bits
   */
  long longValue(int entry) {
    int start = start(entry);
    int length = end(entry) - start;
    return length <= 18 && isDigits(start, length)
        ? Long.parseLong(raw(entry))
        : decimal(entry).longValueExact();
  }

  boolean isWithin(int entry, long min, long max) {
    return isPlain(entry) ? isPlainWithin(entry, min, max) : isExactlyWithin(entry, min, max);
  }

  /** Whether a number is one to 18 digits, a point, and one to 18 more. */
  private boolean isPlain(int entry) {
    int point = start(entry) + 1;
    while (point < end(entry) && bytes[point] != '.') {
      point++;
    }
    int fractionLength = end(entry) - point - 1;
    return point - start(entry) <= 18
        && fractionLength <= 18
        && isDigits(start(entry), point - start(entry))
        && (fractionLength < 0 || isDigits(point + 1, fractionLength));
  }

  private boolean isPlainWithin(int entry, long min, long max) {
    long whole = 0;
    int at = start(entry);
    for (; at < end(entry) && bytes[at] != '.'; at++) {
      whole = 10 * whole + bytes[at] - '0';
    }
    boolean hasFraction = false;
    for (at++; at < end(entry); at++) {
      hasFraction |= bytes[at] != '0';
    }
    return whole >= min && (whole < max || (whole == max && !hasFraction));
  }

  private boolean isExactlyWithin(int entry, long min, long max) {
    BigDecimal number = decimal(entry);
    return number.compareTo(BigDecimal.valueOf(min)) >= 0
        && number.compareTo(BigDecimal.valueOf(max)) <= 0;
  }

  private boolean isDigits(int start, int length) {
    for (int at = start; at < start + length; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return false;
      }
    }
    return true;
  }

  /** A value's text as it stands, a string's with its quotes. */
  String raw(int entry) {
    int start = rawStart(entry);
    return new String(bytes, start, rawEnd(entry) - start, StandardCharsets.UTF_8);
  }

  int rawStart(int entry) {
    return isString(entry) ? start(entry) - 1 : start(entry);
  }

  int rawEnd(int entry) {
    return isString(entry) ? end(entry) + 1 : end(entry);
  }
}
