package dev.aeon.fleet;

import dev.aeon.fleet.index.InterpreterChoice;
import dev.aeon.fleet.manager.FleetException;
import dev.aeon.fleet.manager.FleetSettings;
import dev.aeon.fleet.manager.QueryText;
import dev.aeon.fleet.manager.SearchFleet;
import dev.aeon.fleet.report.AnswerPrinter;
import dev.aeon.fleet.report.ClosingTable;
import dev.aeon.fleet.report.ProgressLine;
import dev.aeon.fleet.report.Terminal;
import dev.aeon.slabs.memory.DevicePreference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job: searches a folder of text with a fleet of agents. */
@Command(
    name = "search",
    description = "Searches a folder of text with a fleet of agents.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
final class SearchCommand implements Callable<Integer> {
  private static final List<String> DEFAULT_QUERIES =
      List.of("back-pressure", "which memory do slabs come from", "schema registry digest");

  @Option(
      names = "--docs",
      paramLabel = "DIR",
      description = "The folder to search (default: the repository, or the current folder).")
  private @Nullable Path docs;

  @Option(
      names = "--agents",
      paramLabel = "N",
      description = "The number of agents, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int agents = 2;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "What to look for; may be given more than once (default: three examples).")
  private List<String> queries = new ArrayList<>();

  @Option(names = "--interactive", description = "Reads queries from the standard input.")
  private boolean interactive;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "The number of passages to show, 1 to 200 (default: ${DEFAULT-VALUE}).")
  private int top = 5;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "What vectors lie in: auto, vulkan or host (default: ${DEFAULT-VALUE}).")
  private DevicePreference device = DevicePreference.AUTO;

  @Option(
      names = "--interpreter",
      paramLabel = "KIND",
      description = "What runs the programs: auto, cpu or vulkan (default: ${DEFAULT-VALUE}).")
  private InterpreterChoice interpreter = InterpreterChoice.AUTO;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = {
        "Slab memory for each agent in MiB (default: ${DEFAULT-VALUE}).",
        "What does not fit is embedded again for each query: slower, and as complete."
      })
  private int memoryMebibytes = 1024;

  @Override
  public Integer call() throws IOException {
    Path folder = folder();
    requireRanges();
    List<QueryText> texts = texts();
    Terminal terminal = Terminal.ofThisProcess();
    try (ProgressLine progress = new ProgressLine(terminal);
        SearchFleet fleet = SearchFleet.start(settings(folder), progress)) {
      AnswerPrinter printer = new AnswerPrinter(terminal);
      for (QueryText text : texts) {
        printer.print(text, fleet.ask(text, top));
      }
      if (interactive) {
        converse(fleet, printer, terminal);
      }
      progress.clear();
      ClosingTable.print(fleet.report(), terminal);
    }
    return 0;
  }

  private Path folder() throws IOException {
    String fallback = System.getenv().getOrDefault("AEON_DEFAULT_DOCS", ".");
    Path folder = docs == null ? Path.of(fallback) : docs;
    if (!Files.exists(folder)) {
      throw new FleetException("there is no folder " + folder + ".");
    }
    if (!Files.isDirectory(folder)) {
      throw new FleetException(folder + " is no folder.");
    }
    return folder.toRealPath();
  }

  private void requireRanges() {
    require("--agents", agents, 64);
    require("--top", top, 200);
    require("--memory", memoryMebibytes, 1 << 20);
  }

  private static void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new FleetException(option + " must be 1 to " + most + ", and is " + value + ".");
    }
  }

  private List<QueryText> texts() {
    List<String> wanted = queries.isEmpty() && !interactive ? DEFAULT_QUERIES : queries;
    return wanted.stream().map(QueryText::of).toList();
  }

  private FleetSettings settings(Path folder) {
    return new FleetSettings(
        folder,
        agents,
        device.name().toLowerCase(Locale.ROOT),
        interpreter.name().toLowerCase(Locale.ROOT),
        (long) memoryMebibytes << 20);
  }

  private void converse(SearchFleet fleet, AnswerPrinter printer, Terminal terminal)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    terminal.prompt();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answer(line, fleet, printer, terminal);
      terminal.prompt();
    }
  }

  private void answer(String line, SearchFleet fleet, AnswerPrinter printer, Terminal terminal) {
    QueryText text;
    try {
      text = QueryText.of(line);
    } catch (FleetException unusable) {
      terminal.err().println("aeon: " + unusable.getMessage());
      return;
    }
    printer.print(text, fleet.ask(text, top));
  }
}
