package dev.aeon.checks.bench;

import dev.aeon.checks.bench.report.MarkdownReport;
import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.checks.bench.report.Measurements;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Runs a suite, writes what it measured, and prints it with ratios to every peer. */
@Command(
    name = "scripts/bench",
    mixinStandardHelpOptions = true,
    description = "Measures a module beside what would be picked instead, in one run.")
public final class Bench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "one of: ${COMPLETION-CANDIDATES}")
  private Suite suite;

  @Option(names = "--quick", description = "one fork, short iterations: within five minutes")
  private boolean quick;

  @Option(names = "--only", paramLabel = "NAME", description = "benchmarks whose name holds NAME")
  private String only = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "docs/performance",
      description = "where SUITE.json and SUITE.md are written (default: ${DEFAULT-VALUE})")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException, IOException, InterruptedException {
    List<Class<?>> chosen =
        suite.benchmarks().stream().filter(each -> each.getSimpleName().contains(only)).toList();
    if (chosen.isEmpty()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no benchmark of %s has %s in its name".formatted(suite, only));
    }
    List<Measurement> measured =
        new ArrayList<>(Measurements.of(new Runner(options(chosen).build()).run()));
    measured.addAll(SocketFloor.under(measured));
    measured.sort(Measurement.BY_SUBJECT);
    write(measured);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(new MarkdownReport(suite.name(), measured).table());
    terminal.flush();
    return 0;
  }

  private ChainedOptionsBuilder options(List<Class<?>> chosen) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .shouldFailOnError(true)
            .jvmArgsAppend(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(TimeValue.seconds(1));
    chosen.forEach(each -> options.include("\\." + each.getSimpleName() + "\\."));
    if (quick) {
      suite.quickParameters().forEach(options::param);
    }
    return options;
  }

  private void write(List<Measurement> measured) throws IOException {
    Files.createDirectories(out);
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(out.resolve(suite + ".json").toFile(), measured);
    Files.writeString(
        out.resolve(suite + ".md"), new MarkdownReport(suite.name(), measured).page(conditions()));
  }

  private String conditions() {
    return "Written by `scripts/bench %s%s` on %d processors, %s %s, Java %s. A ratio above 1 is in Aeon's favour."
        .formatted(
            suite,
            quick ? " --quick" : "",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"));
  }
}
