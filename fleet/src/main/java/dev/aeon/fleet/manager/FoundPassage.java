package dev.aeon.fleet.manager;

import java.util.List;

/**
 * One passage of an answer.
 *
 * @param path its file, relative to the folder
 * @param line the line in which it starts, counted from one
 * @param score the cosine of its vector and the query's
 * @param snippet its lines that say most about the query
 */
public record FoundPassage(String path, int line, float score, List<SnippetLine> snippet) {
  /**
   * One line of a snippet.
   *
   * @param number the line's number in its file
   * @param text what it says, shortened where it is long
   * @param marks the query's words in it
   */
  public record SnippetLine(int number, String text, List<Mark> marks) {}

  /**
   * A query's word in a snippet.
   *
   * @param begin position of its first UTF-16 unit in the line
   * @param end position behind its last
   */
  public record Mark(int begin, int end) {}
}
