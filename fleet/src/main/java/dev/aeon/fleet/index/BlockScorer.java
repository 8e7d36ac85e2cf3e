package dev.aeon.fleet.index;

/** Finds the rows of a block that are nearest to a query. Used by one thread. */
interface BlockScorer extends AutoCloseable {
  /** Takes one row and its score. */
  @FunctionalInterface
  interface Sink {
    void row(int row, float score);
  }

  /** Hands the rows with the highest scores to a sink; among equals the lower row goes first. */
  void score(VectorBlock block, float[] query, int top, Sink sink);

  @Override
  void close();
}
