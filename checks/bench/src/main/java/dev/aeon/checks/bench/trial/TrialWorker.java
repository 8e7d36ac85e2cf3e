package dev.aeon.checks.bench.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs trials: a line of JSON each on standard input, their figures a line each on standard output.
 * A process of its own for each system and transport, so that no system's or transport's code is
 * compiled for another's use.
 */
public final class TrialWorker {
  private static final JsonMapper JSON = new JsonMapper();

  private TrialWorker() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Thread.currentThread().setUncaughtExceptionHandler((_, failure) -> fail(failure));
    PrintStream results = System.out;
    System.setOut(System.err);
    BufferedReader trials =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = trials.readLine(); line != null; line = trials.readLine()) {
      results.println(JSON.writeValueAsString(run(JSON.readValue(line, Trial.class))));
      results.flush();
    }
    System.exit(0);
  }

  private static Map<Figure, Double> run(Trial trial) throws InterruptedException {
    try (Stage stage = new Stage(trial)) {
      return trial.kind().run(stage);
    }
  }

  /** A trial that lost a thread would wait for ever. */
  static void fail(Throwable failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }
}
