package dev.aeon.fleet.text;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The passages of a list of files, in the order of the list, one file in memory at a time. Used by
 * one thread.
 */
public final class PassageStream {
  /** Takes one passage; the text is valid during the call only. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes one passage.
     *
     * @param fileIndex place of its file in the list
     * @param line number of the line in which it starts, counted from one
     * @param text holds the passage between two positions
     * @param begin position of its first UTF-16 unit
     * @param end position behind its last
     * @return whether more passages are wanted
     */
    boolean passage(int fileIndex, int line, char[] text, int begin, int end);
  }

  private final TextReader reader = new TextReader();

  /**
   * Visits every passage.
   *
   * @param folder what the paths are relative to
   * @param progress told the number of files done, after each
   * @return what became of the files
   */
  public FileTally visit(Path folder, List<String> paths, Visitor visitor, IntConsumer progress) {
    FileTally tally = FileTally.NONE;
    for (int fileIndex = 0; fileIndex < paths.size(); fileIndex++) {
      TextReader.Outcome outcome = reader.read(folder.resolve(paths.get(fileIndex)));
      tally = tally.plus(outcome, reader.byteSize());
      if (outcome == TextReader.Outcome.TEXT && !visitFile(fileIndex, visitor)) {
        break;
      }
      progress.accept(fileIndex + 1);
    }
    return tally;
  }

  private boolean visitFile(int fileIndex, Visitor visitor) {
    boolean[] more = {true};
    char[] text = reader.text();
    Passages.split(
        text,
        reader.length(),
        (line, begin, end) -> more[0] = visitor.passage(fileIndex, line, text, begin, end));
    return more[0];
  }
}
