package dev.aeon.spoke.validate;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a {@code .proto} text: words, quoted strings, single marks; comments are skipped.
 */
final class Tokens {
  private final String text;
  private int index;

  Tokens(String text) {
    this.text = text;
  }

  /** The next token, or null at the end. */
  @Nullable String next() {
    skipBlanksAndComments();
    if (index >= text.length()) {
      return null;
    }
    int start = index;
    char first = text.charAt(index++);
    if (first == '"' || first == '\'') {
      skipString(first);
    } else if (isWord(first)) {
      while (index < text.length() && isWord(text.charAt(index))) {
        index++;
      }
    }
    return text.substring(start, index);
  }

  static boolean isString(String token) {
    return token.length() >= 2 && (token.charAt(0) == '"' || token.charAt(0) == '\'');
  }

  static String content(String token) {
    return token.substring(1, token.length() - 1);
  }

  private void skipBlanksAndComments() {
    while (index < text.length()) {
      if (Character.isWhitespace(text.charAt(index))) {
        index++;
      } else if (text.startsWith("//", index)) {
        skipPast("\n");
      } else if (text.startsWith("/*", index)) {
        index += 2;
        skipPast("*/");
      } else {
        return;
      }
    }
  }

  private void skipPast(String end) {
    int found = text.indexOf(end, index);
    index = found < 0 ? text.length() : found + end.length();
  }

  private void skipString(char quote) {
    while (index < text.length() && text.charAt(index) != '\n') {
      char c = text.charAt(index++);
      if (c == quote) {
        return;
      }
      if (c == '\\' && index < text.length()) {
        index++;
      }
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
