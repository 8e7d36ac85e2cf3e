package dev.aeon.checks.bench;

import dev.aeon.checks.bench.agent.AgentPace;
import dev.aeon.checks.bench.agent.AgentRun;
import dev.aeon.checks.bench.agent.MessageBenchmark;
import dev.aeon.checks.bench.messaging.AllocationBenchmark;
import dev.aeon.checks.bench.registry.RegistryRun;
import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.MarkdownReport;
import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.checks.bench.report.Plots;
import dev.aeon.checks.bench.run.MessagingGoals;
import dev.aeon.checks.bench.run.MessagingRun;
import dev.aeon.checks.bench.run.Pace;
import dev.aeon.checks.bench.run.RingGoals;
import dev.aeon.checks.bench.run.RingPace;
import dev.aeon.checks.bench.run.RingRun;
import dev.aeon.checks.bench.schema.SchemaRun;
import dev.aeon.checks.bench.schema.SchemaTools;
import dev.aeon.checks.bench.view.ViewBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
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
  private static final int SOME_FAILED = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SUITE", description = "one of: ${COMPLETION-CANDIDATES}")
  private Suite suite;

  @Option(names = "--quick", description = "fewer subjects, rounds and seconds: five minutes")
  private boolean quick;

  @Option(names = "--all", description = "sp: every subject, with --quick as well: half an hour")
  private boolean all;

  @Option(names = "--only", paramLabel = "NAME", description = "benchmarks whose name holds NAME")
  private String only = "";

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      description = "sp, psyne: how often each trial is made (sp: 5, with --quick 2)")
  private @Nullable Integer rounds;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = "sp: leaves a flight recording of each system's process in DIR")
  private @Nullable Path profiles;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "docs/performance",
      description = "where SUITE.json, SUITE.md and plots are written (default: ${DEFAULT-VALUE})")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    return switch (suite) {
      case sp -> messaging();
      case psyne -> slabs();
      case apm -> agents();
      case spoke -> schemas();
    };
  }

  private int slabs() throws RunnerException, IOException, InterruptedException {
    RingPace pace = quick ? RingPace.QUICK : RingPace.FULL;
    RingRun run = new RingRun(rounds == null ? pace : pace.withRounds(rounds), err());
    List<Measurement> measured = new ArrayList<>(run.run(name -> name.contains(only)));
    if (ViewBenchmark.class.getSimpleName().contains(only)) {
      measured.addAll(new JmhRun(List.of(ViewBenchmark.class), quick).run());
    }
    if (measured.isEmpty()) {
      throw nothingChosen();
    }
    report(measured, RingGoals.all());
    return 0;
  }

  private int messaging() throws RunnerException, IOException, InterruptedException {
    Pace pace = quick ? Pace.QUICK : Pace.FULL;
    try (MessagingRun run =
        new MessagingRun(
            rounds == null ? pace : pace.withRounds(rounds),
            err(),
            Optional.ofNullable(profiles))) {
      List<Measurement> measured =
          new ArrayList<>(run.run(quick && !all, name -> name.contains(only)));
      measured.addAll(allocations());
      if (measured.isEmpty() && run.failures().isEmpty()) {
        throw nothingChosen();
      }
      report(measured, MessagingGoals.all());
      run.failures().forEach((trial, why) -> err().println("failed: " + trial + ": " + why));
      err().flush();
      return run.failures().isEmpty() ? 0 : SOME_FAILED;
    }
  }

  private int agents() throws Exception {
    AgentPace pace = quick ? AgentPace.QUICK : AgentPace.FULL;
    try (AgentRun run = new AgentRun(pace, err(), name -> name.contains(only))) {
      List<Measurement> measured = new ArrayList<>(run.run());
      measured.addAll(messages());
      if (measured.isEmpty()) {
        throw nothingChosen();
      }
      report(measured, AgentRun.goals());
      return 0;
    }
  }

  private int schemas() throws Exception {
    SchemaTools tools = SchemaTools.install(Path.of("checks/bench/target/peers"));
    Predicate<String> chosen = name -> name.contains(only);
    List<Measurement> measured = new ArrayList<>(new SchemaRun(tools, quick, err(), chosen).run());
    measured.addAll(new RegistryRun(quick, err()).run(chosen));
    if (measured.isEmpty()) {
      throw nothingChosen();
    }
    List<Goal> goals = new ArrayList<>(SchemaRun.goals());
    goals.addAll(RegistryRun.goals());
    report(measured, goals);
    return 0;
  }

  private List<Measurement> messages() throws RunnerException {
    return MessageBenchmark.class.getSimpleName().contains(only)
        ? new JmhRun(List.of(MessageBenchmark.class), quick).run()
        : List.of();
  }

  private List<Measurement> allocations() throws RunnerException {
    return AllocationBenchmark.class.getSimpleName().contains(only)
        ? new JmhRun(List.of(AllocationBenchmark.class), quick).runForAllocation()
        : List.of();
  }

  private CommandLine.ParameterException nothingChosen() {
    return new CommandLine.ParameterException(
        spec.commandLine(), "no benchmark of %s has %s in its name".formatted(suite, only));
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void report(List<Measurement> measured, List<Goal> goals) throws IOException {
    List<Measurement> sorted = new ArrayList<>(measured);
    sorted.sort(Measurement.BY_SUBJECT);
    MarkdownReport report = new MarkdownReport(suite.name(), sorted, goals);
    Files.createDirectories(out);
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(out.resolve(suite + ".json").toFile(), sorted);
    List<Path> plots = new Plots(sorted).write(out, suite.name());
    Files.writeString(out.resolve(suite + ".md"), report.page(conditions(), plots));
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(report.tables());
    terminal.flush();
  }

  private String conditions() {
    return """
    Written by `scripts/bench %s%s%s%s` on %d processors, %s %s, Java %s. Medians of rounds; of ours \
    with the 99th percentile, or the worst round, behind it; before a peer's, how many times as \
    good as it the first column is.\
    """
        .formatted(
            suite,
            quick ? " --quick" : "",
            all ? " --all" : "",
            rounds == null ? "" : " --rounds " + rounds,
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"));
  }
}
