package dev.aeon.fleet.manager;

import dev.aeon.fleet.index.RankedPassage;
import dev.aeon.fleet.text.TextReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Confirms candidates against their files, read again: hashing lets different terms share
 * dimensions, so a passage counts only where it really holds a word of the query. Used by one
 * thread.
 */
final class Ranking {
  private final Path folder;
  private final TextReader reader = new TextReader();

  Ranking(Path folder) {
    this.folder = folder;
  }

  /** How many candidates to ask for, so that enough are left. */
  static int candidateCount(int top) {
    return Math.min(top * 4 + 16, 1024);
  }

  List<FoundPassage> confirm(QueryText query, List<RankedPassage> bestFirst, int top) {
    List<FoundPassage> confirmed = new ArrayList<>();
    for (RankedPassage candidate : bestFirst) {
      if (confirmed.size() == top) {
        break;
      }
      List<FoundPassage.SnippetLine> snippet = snippet(query, candidate);
      if (!snippet.isEmpty()) {
        confirmed.add(
            new FoundPassage(candidate.path(), candidate.line(), candidate.score(), snippet));
      }
    }
    return List.copyOf(confirmed);
  }

  private List<FoundPassage.SnippetLine> snippet(QueryText query, RankedPassage candidate) {
    boolean read = reader.read(folder.resolve(candidate.path())) == TextReader.Outcome.TEXT;
    int end = candidate.begin() + candidate.length();
    if (!read || end > reader.length()) {
      return List.of();
    }
    return Snippet.of(query, reader.text(), candidate.begin(), end, candidate.line());
  }
}
