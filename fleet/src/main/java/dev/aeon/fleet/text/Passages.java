package dev.aeon.fleet.text;

/**
 * Cuts a text into passages of about a paragraph or a screenful. A passage starts at a line that is
 * not blank. It ends behind a blank line once it has {@value #ENOUGH_LINES} lines, behind any line
 * once it has {@value #MAX_LINES}, and inside a line where it reaches {@value #MAX_UNITS} UTF-16
 * units; the next one then starts in the same line.
 */
public final class Passages {
  static final int ENOUGH_LINES = 10;
  static final int MAX_LINES = 20;
  static final int MAX_UNITS = 4096;

  /** Takes the passages of a text in the order in which they stand. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one passage.
     *
     * @param line number of the line in which it starts, counted from one
     * @param begin position of its first UTF-16 unit in the text
     * @param end position behind its last UTF-16 unit
     * @return whether more passages are wanted
     */
    boolean passage(int line, int begin, int end);
  }

  private Passages() {}

  /** Hands every passage of a text to a sink until the sink has enough. */
  public static void split(char[] text, int length, Sink sink) {
    int line = 1;
    int position = 0;
    while (position < length) {
      int lineEnd = lineEnd(text, position, length);
      if (isBlank(text, position, lineEnd)) {
        position = lineEnd;
        line++;
        continue;
      }
      int end = passageEnd(text, position, length);
      if (!sink.passage(line, position, end)) {
        return;
      }
      line += newLines(text, position, end);
      position = end;
    }
  }

  private static int passageEnd(char[] text, int begin, int length) {
    int limit = unitLimit(text, begin, length);
    int position = begin;
    int lines = 0;
    while (position < limit && lines < MAX_LINES) {
      int lineEnd = Math.min(lineEnd(text, position, length), limit);
      boolean blank = isBlank(text, position, lineEnd);
      position = lineEnd;
      lines++;
      if (blank && lines >= ENOUGH_LINES) {
        break;
      }
    }
    return position;
  }

  /** Never parts the two halves of a surrogate pair. */
  private static int unitLimit(char[] text, int begin, int length) {
    if (length - begin <= MAX_UNITS) {
      return length;
    }
    int limit = begin + MAX_UNITS;
    return Character.isHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
  }

  private static int lineEnd(char[] text, int position, int length) {
    int end = position;
    while (end < length) {
      if (text[end++] == '\n') {
        return end;
      }
    }
    return length;
  }

  private static boolean isBlank(char[] text, int from, int to) {
    for (int position = from; position < to; position++) {
      if (text[position] > ' ') {
        return false;
      }
    }
    return true;
  }

  private static int newLines(char[] text, int from, int to) {
    int count = 0;
    for (int position = from; position < to; position++) {
      if (text[position] == '\n') {
        count++;
      }
    }
    return count;
  }
}
