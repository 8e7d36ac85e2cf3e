package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.ring.RingSubject;
import dev.aeon.checks.bench.ring.RingWorker;
import dev.aeon.checks.bench.trial.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A ring in a process of its own, which sleeps between its rounds. */
final class RingProcess implements RingCompetitor {
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String system;
  private final TrialProcess process;

  RingProcess(RingSubject subject, String system) throws IOException {
    this.system = system;
    this.process = new TrialProcess(VECTORS, RingWorker.class, subject.arguments(system));
  }

  @Override
  public String system() {
    return system;
  }

  @Override
  public double run(long warmMillis, long measureMillis) throws IOException, InterruptedException {
    String question = "%d %d".formatted(warmMillis, measureMillis);
    return process
        .ask(question, PATIENCE.plusMillis(warmMillis + measureMillis))
        .get(Figure.MESSAGES);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
