package dev.aeon.fleet.index;

import java.util.Comparator;

/**
 * A passage that answers a query.
 *
 * @param path its file, relative to the folder
 * @param line the line in which it starts, counted from one
 * @param score the cosine of its vector and the query's
 * @param begin position of its first UTF-16 unit in the file's text
 * @param length its length in UTF-16 units
 */
public record RankedPassage(String path, int line, float score, int begin, int length) {
  /** Best first; among equals by path, then by line, then by position. */
  public static final Comparator<RankedPassage> BEST_FIRST =
      Comparator.comparingDouble(RankedPassage::score)
          .reversed()
          .thenComparing(RankedPassage::path)
          .thenComparingInt(RankedPassage::line)
          .thenComparingInt(RankedPassage::begin);
}
