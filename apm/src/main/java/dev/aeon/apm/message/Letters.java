package dev.aeon.apm.message;

/** The characters that ids are made of: sets of ASCII, looked up in a table. */
final class Letters {
  /** Letters and digits. */
  static final int ALPHANUMERIC = 1;

  /** These, {@code _} and {@code -}. */
  static final int WORD = 2;

  private static final byte[] SETS = sets();

  private Letters() {}

  private static byte[] sets() {
    byte[] sets = new byte[128];
    for (char each = 0; each < sets.length; each++) {
      boolean isAlphanumeric =
          (each >= 'a' && each <= 'z')
              || (each >= 'A' && each <= 'Z')
              || (each >= '0' && each <= '9');
      boolean isWord = isAlphanumeric || each == '_' || each == '-';
      sets[each] = (byte) ((isAlphanumeric ? ALPHANUMERIC : 0) | (isWord ? WORD : 0));
    }
    return sets;
  }

  static boolean isLetterOrDigit(char each) {
    return isIn(each, ALPHANUMERIC);
  }

  /** Whether every character of {@code text} from {@code from} on is in the set. */
  static boolean areAll(CharSequence text, int from, int set) {
    for (int index = from; index < text.length(); index++) {
      if (!isIn(text.charAt(index), set)) {
        return false;
      }
    }
    return true;
  }

  static boolean beginsWith(CharSequence text, String prefix) {
    for (int index = 0; index < prefix.length(); index++) {
      if (text.charAt(index) != prefix.charAt(index)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIn(char each, int set) {
    return each < SETS.length && (SETS[each] & set) != 0;
  }
}
