package dev.aeon.spoke.validate.format;

/**
 * A word of a schema, or a comment.
 *
 * @param line where it starts, from 1
 * @param column where it starts, from 1, in characters
 * @param linesBefore how many line ends stand between it and what is before it
 * @param isApart whether anything stands between it and what is before it
 */
record Token(Kind kind, String text, int line, int column, int linesBefore, boolean isApart) {
  /** What it is. */
  enum Kind {
    WORD,
    STRING,
    SYMBOL,
    LINE_COMMENT,
    BLOCK_COMMENT
  }

  boolean isComment() {
    return kind == Kind.LINE_COMMENT || kind == Kind.BLOCK_COMMENT;
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }
}
