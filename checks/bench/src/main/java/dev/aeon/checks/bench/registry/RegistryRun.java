package dev.aeon.checks.bench.registry;

import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Measures a registry server: start-up, pushes, reads, and a store of many modules. */
public final class RegistryRun {
  private static final int STARTS = 5;
  private static final int VERSIONS = 10;

  private final boolean quick;
  private final PrintWriter progress;

  public RegistryRun(boolean quick, PrintWriter progress) {
    this.quick = quick;
    this.progress = progress;
  }

  /** What a server on two processors is to reach. */
  public static List<Goal> goals() {
    return List.of(
        goal("Start", 2, false),
        goal("Start memory", 300, false),
        goal("Push", 300, false),
        goal("Read", 20_000, false),
        goal("Read p99", 10, false),
        goal("Search", 50, true),
        goal("Search start", 3, false));
  }

  private static Goal goal(String benchmark, double bound, boolean ofTail) {
    return new Goal(new Goal.Figure(benchmark, "aeon", "", 0), Optional.empty(), bound, ofTail);
  }

  /** Measures what is wanted by name: {@code Start}, {@code Push}, {@code Read}, {@code Search}. */
  public List<Measurement> run(Predicate<String> wanted)
      throws IOException, InterruptedException, ExecutionException {
    List<Measurement> measured = new ArrayList<>();
    Path folder = Files.createTempDirectory("spoke-bench");
    try {
      if (wanted.test("Start")) {
        measured.addAll(starts("Start", folder.resolve("empty"), 0));
      }
      if (wanted.test("Push") || wanted.test("Read")) {
        measured.addAll(pushesAndReads(folder.resolve("pushed"), wanted));
      }
      if (wanted.test("Search")) {
        measured.addAll(searches(folder.resolve("large")));
      }
    } finally {
      delete(folder);
    }
    return measured;
  }

  private List<Measurement> starts(String name, Path storage, int modules) throws IOException {
    say("starting servers over " + modules + " modules");
    List<Double> seconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (ServerProcess server = ServerProcess.start(storage)) {
        seconds.add(server.startSeconds());
        megabytes.add(server.residentMegabytes());
      }
    }
    Map<String, String> parameters = Map.of("modules", Integer.toString(modules));
    return List.of(
        measurement(name, "s", seconds, parameters),
        measurement(name + " memory", "MB", megabytes, parameters));
  }

  private static Measurement measurement(
      String name, String unit, List<Double> figures, Map<String, String> parameters) {
    figures.sort(null);
    return new Measurement(
        name,
        "aeon",
        unit,
        "lower",
        figures.get(figures.size() / 2),
        figures.getFirst(),
        figures.getLast(),
        figures.getLast(),
        figures.size(),
        parameters);
  }

  private List<Measurement> pushesAndReads(Path storage, Predicate<String> wanted)
      throws IOException {
    List<Measurement> measured = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(storage)) {
      say("pushing");
      PushTrial pushes = new PushTrial(server.uri(), storage.resolveSibling("pushes"));
      measured.addAll(pushes.run(quick ? 6 : 10, quick ? 4 : 10, 3));
      if (wanted.test("Read")) {
        say("reading");
        String file = "/modules/bench/service0/versions/v1.0.0/files/user.proto";
        measured.addAll(ReadTrial.run(URI.create(server.uri() + file), quick ? 3 : 10));
      }
    }
    return measured;
  }

  private List<Measurement> searches(Path storage)
      throws IOException, InterruptedException, ExecutionException {
    int modules = quick ? 1_000 : 10_000;
    say("publishing " + modules + " modules of " + VERSIONS + " versions");
    LargeStore.fill(storage, modules, VERSIONS, progress);
    List<Measurement> measured = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(storage)) {
      say("searching");
      measured.addAll(SearchTrial.run(server.uri(), modules, 2_000));
    }
    measured.addAll(starts("Search start", storage, modules));
    return measured;
  }

  private void say(String what) {
    progress.println(what);
    progress.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
