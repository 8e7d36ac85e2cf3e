package dev.aeon.spoke.validate.format;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.format.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lays a schema out: a declaration a line, two spaces a level, one space between words, at most one
 * blank line, imports that stand together sorted. Values of options stay on the lines that they
 * were written on. Every word and comment stays; only empty declarations go. What comes out comes
 * out the same again. Not thread-safe: one for each file.
 */
public final class SchemaFormatter {
  private static final int CONTINUATION = 2;

  private final String file;
  private final Page page = new Page();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable Token first;
  private @Nullable Token last;
  private int wordCount;
  private int bodies;
  private boolean mustBreak;
  private boolean isAfterOpening;

  private SchemaFormatter(String file) {
    this.file = file;
  }

  /**
   * The text in the one style.
   *
   * @param file its name, for messages
   * @throws SpokeException {@code INVALID_SCHEMA} where its words or brackets are not those of a
   *     schema; whether it means anything is not judged
   */
  public static String format(String file, String text) {
    SchemaFormatter formatter = new SchemaFormatter(file);
    formatter.frames.push(Frame.BODY);
    Lexer.tokens(file, text).forEach(formatter::add);
    return formatter.end();
  }

  private String end() {
    Token unfinished = first;
    if (unfinished != null) {
      throw fail(unfinished, "the declaration does not end");
    }
    if (frames.size() > 1) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA, "a bracket is not closed, file=" + file);
    }
    return page.text();
  }

  private void add(Token token) {
    if (token.isComment()) {
      addComment(token);
    } else if (first == null) {
      start(token);
    } else {
      proceed(token, first);
    }
  }

  private void addComment(Token comment) {
    if (first != null) {
      addInnerComment(comment);
    } else if (comment.linesBefore() == 0 && !page.isLineEmpty()) {
      page.keepPlace();
      page.append(" " + text(comment, bodies));
    } else {
      addBlankBefore(comment);
      page.startLine(bodies, text(comment, bodies));
      page.endLine();
    }
    isAfterOpening &= first != null;
  }

  private void addInnerComment(Token comment) {
    int open = openValues();
    int level = bodies + (open == 0 ? CONTINUATION : open);
    if (comment.linesBefore() > 0 || mustBreak) {
      page.startLine(level, text(comment, level));
    } else {
      page.append(" " + text(comment, level));
    }
    mustBreak = comment.kind() == Kind.LINE_COMMENT || comment.text().contains("\n");
    last = comment;
  }

  /** The lines of a comment with stars before them stand under its first one. */
  private static String text(Token comment, int level) {
    String[] lines = comment.text().split("\n", -1);
    StringBuilder text = new StringBuilder(lines[0].stripTrailing());
    for (int i = 1; i < lines.length; i++) {
      String bare = lines[i].strip();
      text.append('\n');
      if (bare.startsWith("*")) {
        text.repeat(' ', 2 * level + 1).append(bare);
      } else {
        text.append(lines[i].stripTrailing());
      }
    }
    return text.toString();
  }

  private void addBlankBefore(Token token) {
    if (token.linesBefore() > 1 && !isAfterOpening && !page.isEmpty()) {
      page.addBlank();
    }
  }

  private void start(Token token) {
    if (token.is(";")) {
      return;
    }
    if (token.is("}")) {
      closeBody(token);
      return;
    }
    addBlankBefore(token);
    page.startLine(bodies, token.text());
    first = token;
    last = token;
    wordCount = 1;
    mustBreak = false;
    isAfterOpening = false;
    open(token);
  }

  private void closeBody(Token token) {
    if (bodies == 0) {
      throw fail(token, "nothing is open that it closes");
    }
    bodies--;
    frames.pop();
    if (isAfterOpening) {
      page.append("}");
    } else {
      page.startLine(bodies, "}");
    }
    isAfterOpening = false;
  }

  private void proceed(Token token, Token declaration) {
    Frame frame = frame();
    boolean isEnd = token.kind() == Kind.SYMBOL && frames.size() > 1 && isEnd(token, frame);
    if (isEnd) {
      frames.pop();
    }
    place(token, declaration, frame, isEnd);
    last = token;
    wordCount++;
    if (frame() == Frame.BODY && token.is(";")) {
      finish(declaration);
    } else if (!isEnd) {
      open(token);
    }
  }

  private boolean isEnd(Token token, Frame frame) {
    boolean isCloser = "}])>".contains(token.text());
    if (isCloser && (frame == Frame.BODY || !token.is(frame.end()))) {
      throw fail(token, "it closes another bracket than is open");
    }
    return isCloser;
  }

  private void place(Token token, Token declaration, Frame frame, boolean isEnd) {
    Token before = last;
    boolean isNewLine = token.linesBefore() > 0;
    boolean isString = token.kind() == Kind.STRING && before != null && isText(before);
    if (frame.keepsLines() && (isNewLine || mustBreak)) {
      page.startLine(bodies + openValues(), token.text());
    } else if (mustBreak || (isNewLine && isString)) {
      page.startLine(bodies + CONTINUATION, token.text());
    } else {
      boolean isName = wordCount == 2 && declaration.isWord("rpc");
      boolean isTight = before != null && !isSpaced(before, token, frame, isName);
      page.append(isTight ? token.text() : " " + token.text());
    }
    mustBreak = false;
    isAfterOpening = isEnd && isAfterOpening;
  }

  private static boolean isText(Token token) {
    return token.kind() == Kind.STRING;
  }

  private static boolean isSpaced(Token before, Token token, Frame frame, boolean isName) {
    return before.isComment()
        ? !token.is(";") && !token.is(",")
        : Spacing.isBetween(before, token, frame, isName);
  }

  private Frame frame() {
    return frames.element();
  }

  /** How many brackets are open that keep their lines. */
  private int openValues() {
    return (int) frames.stream().filter(Frame::keepsLines).count();
  }

  private void open(Token token) {
    Token declaration = first;
    if (token.kind() != Kind.SYMBOL || declaration == null) {
      return;
    }
    switch (token.text()) {
      case "{" -> openBrace(declaration);
      case "[" -> frames.push(Frame.LIST);
      case "(" -> frames.push(Frame.PARENTHESES);
      case "<" -> frames.push(frame().keepsLines() ? Frame.ANGLE_VALUE : Frame.TYPES);
      case "}", "]", ")", ">" -> throw fail(token, "nothing is open that it closes");
      default -> {}
    }
  }

  private void openBrace(Token declaration) {
    if (frame() != Frame.BODY || declaration.isWord("option")) {
      frames.push(Frame.VALUE);
    } else {
      frames.push(Frame.BODY);
      bodies++;
      first = null;
      isAfterOpening = true;
    }
  }

  private void finish(Token declaration) {
    if (bodies == 0 && declaration.isWord("import") && !mustBreak) {
      page.endImport();
    }
    first = null;
    isAfterOpening = false;
  }

  private SpokeException fail(Token token, String what) {
    return Lexer.failure(file, token.line(), token.column(), "'" + token.text() + "': " + what);
  }
}
