package dev.aeon.checks.bench;

import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a round trip costs two C processes on the same kind of socket, in the same run. */
final class SocketFloor {
  private static final Path PROGRAM = Path.of("checks/bench/target/pingpong");
  private static final Map<String, String> SOCKETS = Map.of("ipc", "unix", "tcp", "tcp");
  private static final int ROUNDS = 50_000;
  private static final double NANOS_PER_MICRO = 1_000;

  private SocketFloor() {}

  /** One for each size and transport among {@code measured}; none where it was not built. */
  static List<Measurement> under(List<Measurement> measured)
      throws IOException, InterruptedException {
    List<Measurement> floors = new ArrayList<>();
    if (!Files.isExecutable(PROGRAM)) {
      return floors;
    }
    for (Measurement each : measured) {
      String socket = SOCKETS.get(each.parameters().get("transport"));
      if (each.benchmark().equals("RoundTrip") && each.system().equals("aeon") && socket != null) {
        floors.add(measure(each, socket));
      }
    }
    return floors;
  }

  private static Measurement measure(Measurement above, String socket)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), socket, above.parameters().get("byteSize"), "" + ROUNDS)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("pingpong failed: socket=" + socket);
    }
    List<Double> micros =
        List.of(line.trim().split(" ", -1)).stream()
            .map(nanos -> Double.parseDouble(nanos) / NANOS_PER_MICRO)
            .toList();
    return new Measurement(
        above.benchmark(),
        "floor-" + socket,
        above.unit(),
        above.better(),
        micros.get(0),
        micros.get(1),
        micros.get(2),
        micros.get(3),
        1,
        above.parameters());
  }
}
