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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  @Option(names = "--quick", description = "fewer subjects, rounds and seconds: ten minutes")
  private boolean quick;

  @Option(
      names = "--all",
      description = "sp: every subject, with --quick as well: twenty minutes a round")
  private boolean all;

  @Option(
      names = "--goals",
      description = "sp: every round and second, of the subjects that goals are about alone")
  private boolean goalsAlone;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "benchmarks whose name holds NAME, a regular expression")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--keep",
      description = "keeps what DIR has of benchmarks that are not measured again")
  private boolean keepsOthers;

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
    List<Measurement> measured = new ArrayList<>(run.run(only.asPredicate()));
    if (isChosen(ViewBenchmark.class)) {
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
      List<Measurement> measured = new ArrayList<>(run.run(quick && !all, subjects()));
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
    try (AgentRun run = new AgentRun(pace, err(), only.asPredicate())) {
      List<Measurement> measured = new ArrayList<>(run.run());
      measured.addAll(messages());
      if (measured.isEmpty()) {
        throw nothingChosen();
      }
      report(measured, AgentRun.goals(), "\n\n" + AgentRun.promises());
      return 0;
    }
  }

  private int schemas() throws Exception {
    SchemaTools tools = SchemaTools.install(Path.of("checks/bench/target/peers"));
    Predicate<String> chosen = only.asPredicate();
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

  private Predicate<String> subjects() {
    return goalsAlone ? only.asPredicate().and(MessagingGoals.subjects()) : only.asPredicate();
  }

  private boolean isChosen(Class<?> benchmark) {
    return only.asPredicate().test(benchmark.getSimpleName());
  }

  private List<Measurement> messages() throws RunnerException {
    return isChosen(MessageBenchmark.class)
        ? new JmhRun(List.of(MessageBenchmark.class), quick).run()
        : List.of();
  }

  private List<Measurement> allocations() throws RunnerException {
    return !goalsAlone && isChosen(AllocationBenchmark.class)
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
    report(measured, goals, "");
  }

  private void report(List<Measurement> measured, List<Goal> goals, String explanation)
      throws IOException {
    List<Measurement> sorted = new ArrayList<>(measured);
    if (keepsOthers) {
      sorted.addAll(othersThan(measured));
    }
    sorted.sort(Measurement.BY_SUBJECT);
    MarkdownReport report = new MarkdownReport(suite.name(), sorted, goals);
    Files.createDirectories(out);
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(out.resolve(suite + ".json").toFile(), sorted);
    List<Path> plots = new Plots(sorted).write(out, suite.name());
    Files.writeString(out.resolve(suite + ".md"), report.page(conditions() + explanation, plots));
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(report.tables());
    terminal.flush();
  }

  /** What an earlier run wrote of other benchmarks. */
  private List<Measurement> othersThan(List<Measurement> measured) throws IOException {
    Set<String> again = measured.stream().map(Measurement::subject).collect(Collectors.toSet());
    Path file = out.resolve(suite + ".json");
    Measurement[] earlier =
        Files.exists(file)
            ? new JsonMapper().readValue(file.toFile(), Measurement[].class)
            : new Measurement[0];
    return Stream.of(earlier).filter(each -> !again.contains(each.subject())).toList();
  }

  private String conditions() {
    return """
    Written by `scripts/bench %s%s%s%s%s%s%s` on %d processors, %s %s, Java %s. Medians of rounds; of ours \
    with the 99th percentile, or the worst round, behind it; before a peer's, how many times as \
    good as it the first column is.%s\
    """
        .formatted(
            suite,
            quick ? " --quick" : "",
            all ? " --all" : "",
            goalsAlone ? " --goals" : "",
            rounds == null ? "" : " --rounds " + rounds,
            only.pattern().isEmpty() ? "" : " --only '" + only + "'",
            keepsOthers ? " --keep" : "",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            keepsOthers ? " What was not measured is kept from runs before." : "");
  }
}
