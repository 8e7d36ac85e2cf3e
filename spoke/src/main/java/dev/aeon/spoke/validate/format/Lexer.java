package dev.aeon.spoke.validate.format;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.validate.format.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parts a text into words and comments; time and memory grow with its length alone. */
final class Lexer {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String SYMBOLS = ";{}[]()<>=,.:/-+";

  private final String file;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int index;
  private int line = 1;
  private int lineStart;
  private int linesBefore;
  private int lastEnd;

  private Lexer(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * The words and comments of a file.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where a string or comment does not end, or a
   *     character belongs to no word
   */
  static List<Token> tokens(String file, String text) {
    Lexer lexer = new Lexer(file, text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    index = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    lastEnd = index;
    skipSpace();
    while (index < text.length()) {
      next();
      skipSpace();
    }
  }

  private void skipSpace() {
    linesBefore = 0;
    while (index < text.length() && isSpace(text.charAt(index))) {
      if (text.charAt(index) == '\n') {
        linesBefore++;
        endLine(index);
      }
      index++;
    }
  }

  private void endLine(int at) {
    line++;
    lineStart = at + 1;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == 0x0B;
  }

  private void next() {
    char c = text.charAt(index);
    if (text.startsWith("//", index)) {
      int end = text.indexOf('\n', index);
      add(Kind.LINE_COMMENT, end < 0 ? text.length() : end);
    } else if (text.startsWith("/*", index)) {
      int end = text.indexOf("*/", index + 2);
      add(Kind.BLOCK_COMMENT, end < 0 ? fail("the comment does not end") : end + 2);
    } else if (c == '"' || c == '\'') {
      add(Kind.STRING, endOfString(c));
    } else if (isDigit(c) || (c == '.' && isDigit(at(index + 1)))) {
      add(Kind.WORD, endOfNumber());
    } else if (isLetter(c) || (c == '.' && isLetter(at(index + 1)))) {
      add(Kind.WORD, endOfName());
    } else if (SYMBOLS.indexOf(c) >= 0) {
      add(Kind.SYMBOL, index + 1);
    } else {
      fail("unexpected character, code=" + (int) c);
    }
  }

  private void add(Kind kind, int end) {
    String word = text.substring(index, end);
    int column = index - lineStart + 1;
    tokens.add(new Token(kind, word, line, column, linesBefore, index > lastEnd));
    for (int i = index; i < end; i++) {
      if (text.charAt(i) == '\n') {
        endLine(i);
      }
    }
    index = end;
    lastEnd = end;
  }

  private int endOfString(char quote) {
    for (int i = index + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == quote) {
        return i + 1;
      }
    }
    return fail("the string does not end");
  }

  /** A sign after an exponent belongs to the number. */
  private int endOfNumber() {
    boolean isHexadecimal = at(index + 1) == 'x' || at(index + 1) == 'X';
    int i = index;
    while (isLetter(at(i)) || isDigit(at(i)) || at(i) == '.' || isSign(i, isHexadecimal)) {
      i++;
    }
    return i;
  }

  private boolean isSign(int i, boolean isHexadecimal) {
    boolean followsExponent = i > index && (at(i - 1) == 'e' || at(i - 1) == 'E');
    return !isHexadecimal && followsExponent && (at(i) == '-' || at(i) == '+');
  }

  /** Dots between the parts of a name belong to it. */
  private int endOfName() {
    int i = index + 1;
    while (isLetter(at(i)) || isDigit(at(i)) || (at(i) == '.' && isLetter(at(i + 1)))) {
      i++;
    }
    return i;
  }

  private char at(int i) {
    return i < text.length() ? text.charAt(i) : 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int fail(String what) {
    throw failure(file, line, index - lineStart + 1, what);
  }

  static SpokeException failure(String file, int line, int column, String what) {
    return new SpokeException(
        SpokeException.Code.INVALID_SCHEMA,
        "cannot be formatted, file=" + file,
        List.of(new Violation(file, line, column, "FORMAT", what)));
  }
}
