package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.trial.Figure;
import dev.aeon.checks.bench.trial.Trial;
import dev.aeon.checks.bench.trial.TrialWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A JVM that is told by a line what to measure, and answers by a line of figures. */
final class TrialProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GOODBYE = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<Figure, Double>> FIGURES = new TypeReference<>() {};

  private final Process process;
  private final Writer trials;
  private final BufferedReader results;

  /** One that makes trials. */
  TrialProcess(List<String> jvmOptions) throws IOException {
    this(jvmOptions, TrialWorker.class, List.of());
  }

  TrialProcess(List<String> jvmOptions, Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    trials = process.outputWriter();
    results = process.inputReader();
  }

  Map<Figure, Double> run(Trial trial) throws IOException, InterruptedException {
    return ask(
        JSON.writeValueAsString(trial),
        PATIENCE.plusMillis(trial.warmMillis() + trial.measureMillis()));
  }

  Map<Figure, Double> ask(String question, Duration patience)
      throws IOException, InterruptedException {
    trials.write(question + "\n");
    trials.flush();
    String line = readLine(patience);
    try {
      return JSON.readValue(line, FIGURES);
    } catch (JacksonException e) {
      throw new IOException("trial ended without figures: line=" + line, e);
    }
  }

  /** The virtual machine has things to say on standard output as well. */
  private @Nullable String readResult() throws IOException {
    String line = results.readLine();
    while (line != null && !line.startsWith("{")) {
      line = results.readLine();
    }
    return line;
  }

  private String readLine(Duration patience) throws IOException, InterruptedException {
    FutureTask<String> reading = new FutureTask<>(this::readResult);
    Thread.ofVirtual().start(reading);
    try {
      String line = reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new IOException("trial ended without figures: exit=" + process.waitFor());
      }
      return line;
    } catch (TimeoutException e) {
      throw new IOException("trial did not end: seconds=" + patience.toSeconds(), e);
    } catch (ExecutionException e) {
      throw new IOException("trial cannot be read", e.getCause());
    }
  }

  /** Ends it at once, whatever it does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends it by the end of its input, that recordings are written; or else at once. */
  @Override
  public void close() throws IOException {
    try {
      trials.close();
      if (!process.waitFor(GOODBYE)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
