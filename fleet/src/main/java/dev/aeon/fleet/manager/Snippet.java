package dev.aeon.fleet.manager;

import dev.aeon.fleet.text.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Picks the lines of a passage that hold most of a query's words. */
final class Snippet {
  private static final int MAX_LINES = 3;
  private static final int MAX_LINE_UNITS = 160;

  private record Candidate(FoundPassage.SnippetLine line, int differentTerms) {}

  private Snippet() {}

  /** The best lines in their order; none where the passage holds no word of the query. */
  static List<FoundPassage.SnippetLine> of(
      QueryText query, char[] text, int begin, int end, int firstLine) {
    List<Candidate> candidates = new ArrayList<>();
    int line = firstLine;
    for (int position = begin; position < end; line++) {
      int lineEnd = lineEnd(text, position, end);
      addLine(query, text, position, lineEnd, line, candidates);
      position = lineEnd + 1;
    }
    return candidates.stream()
        .sorted(Comparator.comparingInt(Candidate::differentTerms).reversed())
        .limit(MAX_LINES)
        .map(Candidate::line)
        .sorted(Comparator.comparingInt(FoundPassage.SnippetLine::number))
        .toList();
  }

  private static void addLine(
      QueryText query, char[] text, int begin, int end, int number, List<Candidate> candidates) {
    List<FoundPassage.Mark> marks = new ArrayList<>();
    Set<Long> different = new HashSet<>();
    Terms.split(
        text,
        begin,
        end,
        (hash, from, to) -> {
          if (query.holds(hash)) {
            marks.add(new FoundPassage.Mark(from, to));
            different.add(hash);
          }
        });
    if (!marks.isEmpty()) {
      candidates.add(new Candidate(shorten(text, begin, end, number, marks), different.size()));
    }
  }

  /** A long line is cut around its first mark. */
  private static FoundPassage.SnippetLine shorten(
      char[] text, int begin, int end, int number, List<FoundPassage.Mark> marks) {
    int from = begin;
    while (from < marks.getFirst().begin() && text[from] <= ' ') {
      from++;
    }
    if (end - from > MAX_LINE_UNITS) {
      from = Math.max(from, marks.getFirst().begin() - MAX_LINE_UNITS / 4);
    }
    int to = Math.min(end, from + MAX_LINE_UNITS);
    return new FoundPassage.SnippetLine(
        number, printable(text, from, to), shifted(marks, from, to));
  }

  private static List<FoundPassage.Mark> shifted(List<FoundPassage.Mark> marks, int from, int to) {
    return marks.stream()
        .filter(mark -> mark.end() <= to)
        .map(mark -> new FoundPassage.Mark(mark.begin() - from, mark.end() - from))
        .toList();
  }

  /** Control characters could steer the terminal; each becomes a blank. */
  private static String printable(char[] text, int from, int to) {
    StringBuilder line = new StringBuilder(to - from);
    for (int position = from; position < to; position++) {
      line.append(Character.isISOControl(text[position]) ? ' ' : text[position]);
    }
    return line.toString();
  }

  private static int lineEnd(char[] text, int position, int end) {
    int lineEnd = position;
    while (lineEnd < end && text[lineEnd] != '\n') {
      lineEnd++;
    }
    return lineEnd;
  }
}
