package dev.aeon.checks.bench.registry;

import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A file that many ask for. */
final class ReadTrial {
  private static final int CONNECTIONS = 16;
  private static final int WARM_UP_SECONDS = 2;

  private ReadTrial() {}

  static List<Measurement> run(URI file, int seconds) throws IOException {
    List<String> arguments = List.of(file.toString());
    WrkReport warmUp = WrkReport.of(CONNECTIONS, WARM_UP_SECONDS, arguments);
    assert warmUp.requestsPerSecond() > 0;
    WrkReport report = WrkReport.of(CONNECTIONS, seconds, arguments);
    Map<String, String> parameters = Map.of("connections", Integer.toString(CONNECTIONS));
    return List.of(
        measurement("Read", "requests/s", "higher", report.requestsPerSecond(), parameters),
        measurement("Read p99", "ms", "lower", report.p99Millis(), parameters));
  }

  private static Measurement measurement(
      String name, String unit, String better, double value, Map<String, String> parameters) {
    return new Measurement(name, "aeon", unit, better, value, value, value, value, 1, parameters);
  }
}
