package dev.aeon.checks.bench.registry;

import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.PushRequest;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Clients that push modules at once, each answered when it is validated and durable. They are
 * {@code wrk}'s connections, which leave the processors to the server.
 */
final class PushTrial {
  private static final int CLIENTS = 8;
  private static final int MOST_PER_SECOND = 2_000;

  private final URI registry;
  private final Path folder;
  private int next;

  /** A trial that keeps what it sends in a folder. */
  PushTrial(URI registry, Path folder) {
    this.registry = registry;
    this.folder = folder;
  }

  /** Pushes for some seconds, not counted, then for as many rounds of so many. */
  List<Measurement> run(int warmUpSeconds, int seconds, int rounds) throws IOException {
    Path script = Files.createDirectories(folder).resolve("push.lua");
    try (InputStream in = PushTrial.class.getResourceAsStream("push.lua")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    List<WrkReport> reports = new ArrayList<>();
    reports.add(round(script, warmUpSeconds));
    for (int i = 0; i < rounds; i++) {
      reports.add(round(script, seconds));
    }
    return measurements(reports.subList(1, reports.size()));
  }

  private static List<Measurement> measurements(List<WrkReport> rounds) {
    Map<String, String> parameters = Map.of("clients", Integer.toString(CLIENTS));
    List<Double> rates = rounds.stream().map(WrkReport::requestsPerSecond).toList();
    List<Double> medians = rounds.stream().map(WrkReport::medianMillis).sorted().toList();
    double worstP99 = rounds.stream().mapToDouble(WrkReport::p99Millis).max().orElseThrow();
    return List.of(
        Measurement.ofRounds("Push", "aeon", "pushes/s", "higher", rates, parameters),
        new Measurement(
            "Push latency",
            "aeon",
            "ms",
            "lower",
            medians.get(medians.size() / 2),
            medians.getFirst(),
            medians.getLast(),
            worstP99,
            rounds.size(),
            parameters));
  }

  private WrkReport round(Path script, int seconds) throws IOException {
    Path bodies = folder.resolve("bodies" + next);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bodies))) {
      for (int i = 0; i < seconds * MOST_PER_SECOND; i++) {
        out.write(body(next++));
        out.write('\n');
      }
    }
    String uri = registry + "/modules";
    return WrkReport.of(
        CLIENTS,
        seconds,
        List.of("--timeout", "30s", "-s", script.toString(), uri, "--", bodies.toString()));
  }

  private static byte[] body(int number) {
    return ApiJson.write(
        PushRequest.of(
            new ModuleName("bench/service" + number),
            Version.parse("v1.0.0"),
            "a service",
            Schemas.service(number),
            List.of()));
  }
}
