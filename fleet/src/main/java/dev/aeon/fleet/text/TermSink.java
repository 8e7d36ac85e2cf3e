package dev.aeon.fleet.text;

/** Takes the terms of a text in the order in which they stand. */
@FunctionalInterface
public interface TermSink {
  /**
   * Takes one term.
   *
   * @param hash the term's hash, see {@link TermHash}
   * @param begin position of the term's first UTF-16 unit in the text
   * @param end position behind the term's last UTF-16 unit
   */
  void term(long hash, int begin, int end);
}
