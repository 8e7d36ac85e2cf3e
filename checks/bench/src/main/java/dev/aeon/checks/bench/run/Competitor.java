package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.trial.Figure;
import java.io.IOException;
import java.util.Map;

/** One that the same work is given to as to others. */
interface Competitor extends AutoCloseable {
  boolean takesPartIn(Subject subject);

  /** As in tables, where it takes part in {@code subject}. */
  String label(Subject subject);

  /**
   * Does the work once.
   *
   * @throws IOException if it did not end, or ended without figures
   */
  Map<Figure, Double> run(Subject subject, long warmMillis, long measureMillis)
      throws IOException, InterruptedException;

  @Override
  default void close() throws IOException {}
}
