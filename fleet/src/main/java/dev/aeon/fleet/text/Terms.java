package dev.aeon.fleet.text;

/**
 * Splits a text into terms: runs of letters and digits, cut again where camel case begins a word,
 * and lower-cased. So {@code back-pressure}, {@code backPressure} and {@code BackPressure} are the
 * same two terms, and {@code HTTPServer} is {@code http} and {@code server}. A term longer than
 * {@value #MAX_UNITS} UTF-16 units (a key, an encoded blob) is passed over.
 *
 * <p>Holds no state.
 */
public final class Terms {
  /** The longest term that counts. */
  public static final int MAX_UNITS = 64;

  private static final int OTHER = 0;
  private static final int LOWER = 1;
  private static final int UPPER = 2;

  private Terms() {}

  /** Hands every term between two positions of a text to a sink. */
  public static void split(char[] text, int from, int to, TermSink sink) {
    int position = from;
    while (position < to) {
      int codePoint = Character.codePointAt(text, position, to);
      if (kind(codePoint) == OTHER) {
        position += Character.charCount(codePoint);
      } else {
        position = term(text, position, to, sink);
      }
    }
  }

  /** Hands every term of a text to a sink. */
  public static void split(String text, TermSink sink) {
    char[] units = text.toCharArray();
    split(units, 0, units.length, sink);
  }

  private static int term(char[] text, int begin, int to, TermSink sink) {
    long state = TermHash.START;
    int previous = OTHER;
    int position = begin;
    while (position < to) {
      int codePoint = Character.codePointAt(text, position, to);
      int kind = kind(codePoint);
      int next = position + Character.charCount(codePoint);
      if (kind == OTHER || startsWord(previous, kind, text, next, to, position > begin)) {
        break;
      }
      state = TermHash.add(state, lower(codePoint));
      previous = kind;
      position = next;
    }
    if (position - begin <= MAX_UNITS) {
      sink.term(TermHash.finish(state), begin, position);
    }
    return position;
  }

  /** Whether a capital starts a word: after a small letter or digit, or before a small letter. */
  private static boolean startsWord(
      int previous, int kind, char[] text, int next, int to, boolean inside) {
    if (!inside || kind != UPPER) {
      return false;
    }
    return previous == LOWER
        || (next < to && Character.isLowerCase(Character.codePointAt(text, next, to)));
  }

  private static int kind(int codePoint) {
    if (codePoint < 128) {
      return asciiKind(codePoint);
    }
    if (!Character.isLetterOrDigit(codePoint)) {
      return OTHER;
    }
    return Character.isUpperCase(codePoint) ? UPPER : LOWER;
  }

  private static int asciiKind(int codePoint) {
    if ((codePoint >= 'a' && codePoint <= 'z') || (codePoint >= '0' && codePoint <= '9')) {
      return LOWER;
    }
    return codePoint >= 'A' && codePoint <= 'Z' ? UPPER : OTHER;
  }

  private static int lower(int codePoint) {
    if (codePoint < 128) {
      return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint;
    }
    return Character.toLowerCase(codePoint);
  }
}
