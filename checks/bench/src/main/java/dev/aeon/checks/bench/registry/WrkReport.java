package dev.aeon.checks.bench.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code wrk} tells of the requests that it sent from one thread. */
record WrkReport(double requestsPerSecond, double medianMillis, double p99Millis) {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final String LATENCY = "%\\s+([0-9.]+)(us|ms|s)";

  /**
   * Sends requests for so many seconds.
   *
   * @param arguments those beside threads, connections and duration: options, the URI, and after
   *     {@code --} a script's
   * @throws IOException where a request failed
   */
  static WrkReport of(int connections, int seconds, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
    command.add("--latency");
    command.addAll(arguments);
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    return parse(new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  static WrkReport parse(String report) throws IOException {
    if (report.contains("Non-2xx") || report.contains("Socket errors")) {
      throw new IOException("wrk's requests failed: " + report);
    }
    return new WrkReport(
        Double.parseDouble(find(RATE, report).group(1)), millis(50, report), millis(99, report));
  }

  private static double millis(int percent, String report) throws IOException {
    Matcher found = find(Pattern.compile(percent + LATENCY), report);
    return Double.parseDouble(found.group(1)) / perMilli(found.group(2));
  }

  private static double perMilli(String unit) {
    return switch (unit) {
      case "us" -> 1000;
      case "ms" -> 1;
      default -> 0.001;
    };
  }

  private static Matcher find(Pattern pattern, String report) throws IOException {
    Matcher matcher = pattern.matcher(report);
    if (!matcher.find()) {
      throw new IOException("wrk reports no figures: " + report);
    }
    return matcher;
  }
}
