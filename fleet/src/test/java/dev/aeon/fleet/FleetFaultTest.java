package dev.aeon.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.fleet.manager.FleetReport;
import dev.aeon.fleet.manager.FoundPassage;
import dev.aeon.fleet.manager.SearchFleet;
import dev.aeon.fleet.manager.Stage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetFaultTest {
  private static final String QUERY = "word5 wordq wordk1";
  private static final long PATIENCE_SECONDS = 60;

  @TempDir static Path folder;
  private static List<FoundPassage> expected;

  @BeforeAll
  static void answerOfAnUndisturbedFleet() throws IOException {
    FleetRuns.corpus(folder, 40);
    expected = FleetRuns.answer(FleetRuns.settings(folder, 2), QUERY);
    assertThat(expected).isNotEmpty();
  }

  /** Kills the first agent process it finds when a stage first gets on. */
  private static final class Killer extends FleetRuns.SilentObserver {
    private final Stage stage;
    private final AtomicBoolean done = new AtomicBoolean();

    /** Agents of an earlier fleet may still be on their way out, and are not this one's. */
    private final Set<ProcessHandle> earlier =
        ProcessHandle.current().children().collect(Collectors.toUnmodifiableSet());

    Killer(Stage stage) {
      this.stage = stage;
    }

    @Override
    public void begins(Stage begun) {
      if (stage == Stage.START && begun == stage) {
        Thread.ofPlatform().daemon().start(this::killOnce);
      }
    }

    @Override
    public void advances(Stage advanced, long files, long total) {
      if (advanced == stage) {
        killOnce();
      }
    }

    /**
     * Java, and neither the helper that is about to become it, nor what comes before that: a copy
     * of this process, down to its command line.
     */
    private boolean isAgent(ProcessHandle child) {
      Optional<String> commandLine = child.info().commandLine();
      return !earlier.contains(child)
          && child.isAlive()
          && isJava(child)
          && commandLine.isPresent()
          && !commandLine.equals(ProcessHandle.current().info().commandLine());
    }

    private void killOnce() {
      if (done.compareAndSet(false, true)) {
        Optional<ProcessHandle> agent = Optional.empty();
        while (agent.isEmpty()) {
          agent = ProcessHandle.current().children().filter(this::isAgent).findFirst();
          Thread.onSpinWait();
        }
        agent.get().destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"START", "COUNT", "EMBED", "SEARCH"})
  void ask_agentKilledInAnyStage_answersTheSame(Stage stage) {
    Killer killer = new Killer(stage);
    try (SearchFleet fleet = SearchFleet.start(FleetRuns.settings(folder, 2), killer)) {
      assertThat(FleetRuns.ask(fleet, QUERY)).isEqualTo(expected);
      assertThat(killer.done).isTrue();
      awaitLoss(fleet);
    }
  }

  /** An agent that had nothing left to do is found lost by the thread that reaps its process. */
  private static void awaitLoss(SearchFleet fleet) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (fleet.report().agents().stream().noneMatch(FleetReport.AgentReport::isLost)) {
      assertThat(System.nanoTime() - deadlineNanos).as("nobody is lost").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void ask_everyAgentKilledBetweenQueries_answersTheSame() {
    try (SearchFleet fleet = SearchFleet.start(FleetRuns.settings(folder, 2), FleetRuns.SILENT)) {
      assertThat(FleetRuns.ask(fleet, QUERY)).isEqualTo(expected);
      fleet
          .agentProcessIds()
          .forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
      assertThat(FleetRuns.ask(fleet, QUERY)).isEqualTo(expected);
    }
  }

  @Test
  void close_fleet_endsItsAgents() throws Exception {
    List<ProcessHandle> agents;
    try (SearchFleet fleet = SearchFleet.start(FleetRuns.settings(folder, 2), FleetRuns.SILENT)) {
      agents =
          fleet.agentProcessIds().stream().map(id -> ProcessHandle.of(id).orElseThrow()).toList();
      assertThat(agents).hasSize(2);
    }
    for (ProcessHandle agent : agents) {
      agent.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void managerKilled_agentsAndCompilersGoToo() throws Exception {
    Process manager =
        Commands.command(
                List.of(), "--docs", folder.toString(), "--interactive", "--device", "host")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader answers = manager.inputReader();
        BufferedWriter queries = manager.outputWriter()) {
      queries.write(QUERY + "\n");
      queries.flush();
      assertThat(answers.readLine()).startsWith("query: ");
      List<ProcessHandle> children = manager.children().toList();
      assertThat(children).filteredOn(FleetFaultTest::isJava).hasSize(2);
      manager.destroyForcibly();
      for (ProcessHandle child : children) {
        child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      manager.destroyForcibly();
    }
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/java");
  }
}
