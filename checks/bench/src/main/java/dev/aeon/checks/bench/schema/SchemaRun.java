package dev.aeon.checks.bench.schema;

import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Measures every command in turn, round after round, in a folder that it leaves to the build. */
public final class SchemaRun {
  private static final int FOUND = 100;
  private static final List<Integer> FIELDS_ON_A_LINE = List.of(500, 1_000, 2_000, 4_000);
  private static final String BUILD = "Build";
  private static final String LINT = "Lint";
  private static final String BREAKING = "Breaking of images";
  private static final String LINE = "Lint of one line";
  private static final String MEMORY = " memory";

  private final SchemaTools tools;
  private final int rounds;
  private final PrintWriter progress;
  private final Predicate<String> chosen;
  private final Path scratch;
  private final List<Measurement> measured = new ArrayList<>();

  /**
   * A run of all commands.
   *
   * @param quick fewer rounds
   * @param progress is told what is being measured
   * @param chosen benchmarks by name
   */
  public SchemaRun(SchemaTools tools, boolean quick, PrintWriter progress, Predicate<String> chosen)
      throws IOException {
    this.tools = tools;
    this.rounds = quick ? 1 : 3;
    this.progress = progress;
    this.chosen = chosen;
    this.scratch = Files.createTempDirectory("spoke-bench");
  }

  /** What users of the peers are promised. */
  public static List<Goal> goals() {
    return List.of(
        goal(BUILD, "protoc", 1.2),
        goal(LINT, "buf", 0.45),
        goal(LINT + MEMORY, "buf", 1 / 3.0),
        goal(BREAKING, "buf", 0.25),
        goal(BREAKING + MEMORY, "buf", 1 / 3.0));
  }

  private static Goal goal(String benchmark, String peer, double bound) {
    return new Goal(
        new Goal.Figure(benchmark, "aeon", "", 0),
        Optional.of(new Goal.Figure(benchmark, peer, "", 0)),
        bound,
        false);
  }

  /** All that is chosen, each system once a round. */
  public List<Measurement> run() throws IOException, InterruptedException {
    Map<String, String> corpus = Map.of("files", String.valueOf(files(tools.now())));
    measure(BUILD, corpus, tools.now(), builds());
    measure(LINT, corpus, tools.now(), lints());
    if (chosen.test(BREAKING)) {
      Path now = image(tools.now(), "now.binpb");
      Path before = image(tools.before(), "before.binpb");
      measure(BREAKING, corpus, tools.now(), comparisons(now, before));
    }
    for (int fields : FIELDS_ON_A_LINE) {
      Path folder = oneLine(fields);
      measure(LINE, Map.of("fields", String.valueOf(fields)), folder, lints());
    }
    return measured;
  }

  private static int files(Path folder) throws IOException {
    return SchemaTools.protos(folder).size();
  }

  private Map<String, List<String>> builds() throws IOException {
    Path list = Files.write(scratch.resolve("files"), SchemaTools.protos(tools.now()));
    String set = "--descriptor_set_out=" + scratch.resolve("protoc.binpb");
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("aeon", List.of(spoke(), "build", "-out", path("aeon.binpb")));
    commands.put(
        "protoc",
        List.of(
            tools.protoc().toString(),
            "--include_imports",
            "--include_source_info",
            set,
            "-I.",
            "-I" + tools.wellKnownTypes(),
            "@" + list));
    commands.put("buf", List.of(buf(), "build", "-o", path("buf.binpb")));
    return commands;
  }

  private Map<String, List<String>> lints() {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("aeon", List.of(spoke(), "lint", "-json"));
    commands.put("buf", List.of(buf(), "lint", "--error-format", "json"));
    return commands;
  }

  private Map<String, List<String>> comparisons(Path now, Path before) {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    String current = now.toString();
    String previous = before.toString();
    commands.put(
        "aeon", List.of(spoke(), "breaking", "-json", "-image", current, "-against", previous));
    commands.put(
        "buf", List.of(buf(), "breaking", current, "--against", previous, "--error-format=json"));
    return commands;
  }

  private Path image(Path sources, String name) throws IOException, InterruptedException {
    Path image = scratch.resolve(name);
    CommandRun.of(sources, scratch, 0, List.of(spoke(), "build", "-out", image.toString()));
    return image;
  }

  /** A message with all its fields on one line, as generators write it. */
  private Path oneLine(int fields) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("line-" + fields));
    StringBuilder text = new StringBuilder("syntax = \"proto3\"; package line; message M {");
    for (int i = 1; i <= fields; i++) {
      text.append(" string f").append(i).append(" = ").append(i < 19_000 ? i : i + 1_000);
      text.append(';');
    }
    Files.writeString(folder.resolve("line.proto"), text.append(" }\n"));
    Files.writeString(folder.resolve("buf.yaml"), "version: v2\n");
    return folder;
  }

  private void measure(
      String benchmark,
      Map<String, String> parameters,
      Path folder,
      Map<String, List<String>> commands)
      throws IOException, InterruptedException {
    Map<String, List<CommandRun>> runs = new LinkedHashMap<>();
    for (int round = 0; round < rounds && chosen.test(benchmark); round++) {
      for (Map.Entry<String, List<String>> each : commands.entrySet()) {
        progress.printf("%s %s %s round %d%n", benchmark, parameters, each.getKey(), round + 1);
        progress.flush();
        runs.computeIfAbsent(each.getKey(), _ -> new ArrayList<>())
            .add(CommandRun.of(folder, scratch, FOUND, each.getValue()));
      }
    }
    runs.forEach((system, each) -> add(benchmark, system, each, parameters));
  }

  private void add(
      String benchmark, String system, List<CommandRun> runs, Map<String, String> parameters) {
    List<Double> wall = runs.stream().map(CommandRun::wallSeconds).toList();
    List<Double> cpu = runs.stream().map(CommandRun::cpuSeconds).toList();
    List<Double> peak = runs.stream().map(CommandRun::peakMebibytes).toList();
    measured.add(Measurement.ofRounds(benchmark, system, "s", "lower", wall, parameters));
    measured.add(Measurement.ofRounds(benchmark + " CPU", system, "s", "lower", cpu, parameters));
    measured.add(
        Measurement.ofRounds(benchmark + MEMORY, system, "MiB", "lower", peak, parameters));
  }

  private String path(String name) {
    return scratch.resolve(name).toString();
  }

  private String spoke() {
    return tools.spoke().toString();
  }

  private String buf() {
    return tools.buf().toString();
  }
}
