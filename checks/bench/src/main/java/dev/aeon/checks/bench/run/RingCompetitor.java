package dev.aeon.checks.bench.run;

import java.io.IOException;

/** One system's ring. */
interface RingCompetitor extends AutoCloseable {
  String system();

  /** Records a second. */
  double run(long warmMillis, long measureMillis) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
