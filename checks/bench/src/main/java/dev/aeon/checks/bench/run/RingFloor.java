package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.ring.RingSubject;
import dev.aeon.checks.bench.trial.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The least that the same words cost two threads of C, with nothing checked: what memory gives. */
final class RingFloor implements RingCompetitor {
  private static final Path PROGRAM = Path.of("checks/bench/target/floor");
  private static final TypeReference<Map<Figure, Double>> FIGURES = new TypeReference<>() {};

  private final JsonMapper json = new JsonMapper();
  private final RingSubject subject;

  private RingFloor(RingSubject subject) {
    this.subject = subject;
  }

  /** None for several producers, or where the program was not built. */
  static Optional<RingCompetitor> of(RingSubject subject) {
    return subject.systems().contains("aeon-processes") && Files.isExecutable(PROGRAM)
        ? Optional.of(new RingFloor(subject))
        : Optional.empty();
  }

  @Override
  public String system() {
    return "floor-c";
  }

  /** It has nothing to compile: a tenth of the time is enough to warm up. */
  @Override
  public double run(long warmMillis, long measureMillis) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "records",
                Integer.toString(subject.batch()),
                Integer.toString(subject.byteSize()),
                Long.toString(measureMillis))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("floor failed: exit=" + process.exitValue());
    }
    return json.readValue(line, FIGURES).get(Figure.MESSAGES);
  }

  @Override
  public void close() {}
}
