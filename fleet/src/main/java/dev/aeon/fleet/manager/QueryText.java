package dev.aeon.fleet.manager;

import dev.aeon.fleet.text.Terms;
import java.util.HashSet;
import java.util.Set;

/** A query that holds at least one term. Immutable. */
public final class QueryText {
  private static final int MAX_UNITS = 10_000;

  private final String text;
  private final Set<Long> terms;

  private QueryText(String text, Set<Long> terms) {
    this.text = text;
    this.terms = terms;
  }

  /**
   * A query as a person wrote it.
   *
   * @throws FleetException where it is empty, holds no word, or is far too long
   */
  public static QueryText of(String text) {
    Set<Long> terms = new HashSet<>();
    if (text.length() > MAX_UNITS) {
      throw new FleetException(
          "the query is too long: " + text.length() + " characters of at most " + MAX_UNITS + ".");
    }
    Terms.split(text, (hash, begin, end) -> terms.add(hash));
    if (terms.isEmpty()) {
      throw new FleetException(
          text.isBlank()
              ? "the query is empty; give it at least one word."
              : "the query '" + text.strip() + "' holds no word to search for.");
    }
    return new QueryText(text, Set.copyOf(terms));
  }

  /** The query as it was written. */
  public String text() {
    return text;
  }

  boolean holds(long termHash) {
    return terms.contains(termHash);
  }
}
