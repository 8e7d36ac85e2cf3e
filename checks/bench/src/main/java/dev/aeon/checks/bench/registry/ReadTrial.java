package dev.aeon.checks.bench.registry;

import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that many ask for, as {@code wrk} asks. */
final class ReadTrial {
  private static final int CONNECTIONS = 16;
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern TAIL = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

  private ReadTrial() {}

  static List<Measurement> run(URI file, int seconds) throws IOException {
    wrk(file, 2);
    String report = wrk(file, seconds);
    double rate = Double.parseDouble(find(RATE, report).group(1));
    Matcher tail = find(TAIL, report);
    double millis = Double.parseDouble(tail.group(1)) * millisPer(tail.group(2));
    Map<String, String> parameters = Map.of("connections", Integer.toString(CONNECTIONS));
    return List.of(
        measurement("Read", "requests/s", "higher", rate, parameters),
        measurement("Read p99", "ms", "lower", millis, parameters));
  }

  private static double millisPer(String unit) {
    return switch (unit) {
      case "us" -> 0.001;
      case "ms" -> 1;
      default -> 1000;
    };
  }

  private static Matcher find(Pattern pattern, String report) throws IOException {
    Matcher matcher = pattern.matcher(report);
    if (!matcher.find() || report.contains("Non-2xx")) {
      throw new IOException("wrk reports no figures: " + report);
    }
    return matcher;
  }

  private static String wrk(URI file, int seconds) throws IOException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "--latency",
                file.toString())
            .redirectErrorStream(true)
            .start();
    return new String(wrk.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static Measurement measurement(
      String name, String unit, String better, double value, Map<String, String> parameters) {
    return new Measurement(name, "aeon", unit, better, value, value, value, value, 1, parameters);
  }
}
