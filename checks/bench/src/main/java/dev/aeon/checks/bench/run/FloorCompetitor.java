package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.trial.Figure;
import dev.aeon.checks.bench.trial.TrialKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Two C processes and what the kernel puts between them. */
final class FloorCompetitor implements Competitor {
  private static final Path PROGRAM = Path.of("checks/bench/target/floor");
  private static final TypeReference<Map<Figure, Double>> FIGURES = new TypeReference<>() {};
  private static final int LARGEST_DATAGRAM_BYTE_SIZE = 1_400;

  private final JsonMapper json = new JsonMapper();

  @Override
  public boolean takesPartIn(Subject subject) {
    boolean known =
        switch (subject.kind()) {
          case ROUND_TRIP -> takesRoundTrip(subject);
          case PIPELINE -> takesStream(subject.transport());
          default -> false;
        };
    return known && subject.pipeCount() == 1 && Files.isExecutable(PROGRAM);
  }

  private static boolean takesRoundTrip(Subject subject) {
    return takesStream(subject.transport())
        || (subject.transport() == TransportKind.udp
            && subject.byteSize() <= LARGEST_DATAGRAM_BYTE_SIZE);
  }

  private static boolean takesStream(TransportKind transport) {
    return switch (transport) {
      case ipc, tcp, shm -> true;
      case inproc, udp -> false;
    };
  }

  private static String connection(TransportKind transport) {
    return switch (transport) {
      case ipc -> "unix";
      case tcp -> "tcp";
      case shm -> "ring";
      case udp -> "udp";
      case inproc -> throw new IllegalArgumentException("there is no floor under inproc");
    };
  }

  @Override
  public String label(Subject subject) {
    return "floor-" + connection(subject.transport());
  }

  @Override
  public Map<Figure, Double> run(Subject subject, long warmMillis, long measureMillis)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                subject.kind() == TrialKind.ROUND_TRIP ? "roundtrip" : "oneway",
                connection(subject.transport()),
                Integer.toString(subject.byteSize()),
                Long.toString(measureMillis))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("floor failed: exit=" + process.exitValue());
    }
    return json.readValue(line, FIGURES);
  }
}
