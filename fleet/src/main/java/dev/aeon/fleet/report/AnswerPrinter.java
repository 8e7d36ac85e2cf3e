package dev.aeon.fleet.report;

import dev.aeon.fleet.manager.FoundPassage;
import dev.aeon.fleet.manager.QueryText;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints the ranked passages of an answer. */
public final class AnswerPrinter {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean isTerminal;

  /** Prints to a terminal's standard output. */
  public AnswerPrinter(Terminal terminal) {
    this.out = terminal.out();
    this.isTerminal = terminal.isOutTerminal();
  }

  /** Prints one answer. */
  public void print(QueryText query, List<FoundPassage> passages) {
    out.println("query: " + query.text().strip());
    if (passages.isEmpty()) {
      out.println("  no passage holds any of these words");
    }
    for (int index = 0; index < passages.size(); index++) {
      print(index + 1, passages.get(index));
    }
    out.println();
  }

  private void print(int rank, FoundPassage passage) {
    out.printf(
        Locale.ROOT,
        "%3d. %s:%d  score %.4f%n",
        rank,
        passage.path(),
        passage.line(),
        passage.score());
    passage.snippet().forEach(this::print);
  }

  private void print(FoundPassage.SnippetLine line) {
    out.printf(Locale.ROOT, "     %5d | %s%n", line.number(), marked(line));
  }

  private String marked(FoundPassage.SnippetLine line) {
    if (!isTerminal) {
      return line.text();
    }
    StringBuilder marked = new StringBuilder();
    int position = 0;
    for (FoundPassage.Mark mark : line.marks()) {
      marked.append(line.text(), position, mark.begin()).append(BOLD);
      marked.append(line.text(), mark.begin(), mark.end()).append(PLAIN);
      position = mark.end();
    }
    return marked.append(line.text().substring(position)).toString();
  }
}
