package dev.aeon.spoke.validate.lint;

import java.util.Locale;

/** How names are written. Letters outside ASCII are taken as they come. */
final class Names {
  private Names() {}

  static String pascalCase(String name) {
    StringBuilder result = new StringBuilder();
    char previous = '_';
    for (char c : name.strip().toCharArray()) {
      if (!isDelimiter(c)) {
        result.append(isDelimiter(previous) ? Character.toUpperCase(c) : c);
      }
      previous = c;
    }
    return result.toString();
  }

  static String lowerSnakeCase(String name) {
    return snakeCase(name).toLowerCase(Locale.ROOT);
  }

  static String upperSnakeCase(String name) {
    return snakeCase(name).toUpperCase(Locale.ROOT);
  }

  /** Parts words where a capital follows a small letter, or starts a word after an abbreviation. */
  private static String snakeCase(String name) {
    String text = trimmed(name);
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = isDelimiter(text.charAt(i)) ? '_' : text.charAt(i);
      boolean followsDelimiter = !result.isEmpty() && result.charAt(result.length() - 1) == '_';
      if (i > 0 && !followsDelimiter && startsWord(text, i)) {
        result.append('_').append(c);
      } else if (i == 0 || c != '_' || !followsDelimiter) {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static boolean startsWord(String text, int index) {
    if (!Character.isUpperCase(text.charAt(index))) {
      return false;
    }
    boolean isBeforeSmallLetter =
        index < text.length() - 1
            && !Character.isUpperCase(text.charAt(index + 1))
            && !Character.isDigit(text.charAt(index + 1))
            && !isDelimiter(text.charAt(index + 1));
    return isBeforeSmallLetter || Character.isLowerCase(text.charAt(index - 1));
  }

  private static String trimmed(String name) {
    int start = 0;
    int end = name.length();
    while (start < end && isDelimiter(name.charAt(start))) {
      start++;
    }
    while (end > start && isDelimiter(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(start, end);
  }

  private static boolean isDelimiter(char c) {
    return ".-_ \t\n\r".indexOf(c) >= 0;
  }
}
