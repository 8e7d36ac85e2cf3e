package dev.aeon.apm.message;

/** The characters that ids are made of. */
final class Letters {
  /** A set of characters. */
  @FunctionalInterface
  interface CharSet {
    boolean contains(char each);
  }

  private Letters() {}

  static boolean isLetterOrDigit(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9');
  }

  static boolean isWordOrHyphen(char each) {
    return isLetterOrDigit(each) || each == '_' || each == '-';
  }

  /** Whether every character of {@code text} from {@code from} on is in the set. */
  static boolean areAll(String text, int from, CharSet set) {
    for (int index = from; index < text.length(); index++) {
      if (!set.contains(text.charAt(index))) {
        return false;
      }
    }
    return true;
  }
}
