package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.messaging.MessagingSystem;
import dev.aeon.checks.bench.messaging.TransportKind;
import dev.aeon.checks.bench.report.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes every trial once a round, those of all systems on one subject after each other and each
 * round beginning with another of them, so that what the machine does besides meets all alike.
 */
public final class MessagingRun implements AutoCloseable {
  private final Pace pace;
  private final PrintWriter progress;
  private final Ledger ledger = new Ledger();
  private final List<Competitor> competitors = new ArrayList<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * Of all systems.
   *
   * @param profiles where each process of a system leaves a flight recording with samples of
   *     processor time; none for no recordings
   */
  public MessagingRun(Pace pace, PrintWriter progress, Optional<Path> profiles) {
    this.pace = pace;
    this.progress = progress;
    for (MessagingSystem system : MessagingSystem.values()) {
      competitors.add(
          new SystemCompetitor(
              system,
              transport ->
                  profiles.map(each -> recording(each, system, transport)).stream().toList()));
    }
    competitors.add(new FloorCompetitor());
  }

  private static String recording(Path profiles, MessagingSystem system, TransportKind transport) {
    String file = system.label() + "-" + transport + ".jfr";
    return "-XX:StartFlightRecording:jdk.CPUTimeSample#enabled=true,filename="
        + profiles.resolve(file).toAbsolutePath();
  }

  /** The names of the subjects of a run, which a filter is asked about. */
  public List<Measurement> run(boolean few, Predicate<String> filter) throws InterruptedException {
    List<Subject> subjects =
        (few ? TrialPlan.quick() : TrialPlan.full())
            .stream().filter(each -> filter.test(each.toString())).toList();
    for (int round = 0; round < pace.rounds(); round++) {
      for (Subject subject : subjects) {
        progress.printf("round %d/%d: %s%n", round + 1, pace.rounds(), subject);
        progress.flush();
        run(subject, round);
      }
    }
    return ledger.measurements();
  }

  private void run(Subject subject, int round) throws InterruptedException {
    List<Competitor> order =
        new ArrayList<>(competitors.stream().filter(each -> each.takesPartIn(subject)).toList());
    Collections.rotate(order, -round);
    for (Competitor each : order) {
      run(subject, each, round);
    }
  }

  private void run(Subject subject, Competitor competitor, int round) throws InterruptedException {
    String label = competitor.label(subject);
    String name = subject + " " + label;
    if (failures.containsKey(name)) {
      return;
    }
    try {
      long warmMillis = subject.isAlwaysFirst() ? pace.firstWarmMillis() : pace.warmMillis(round);
      ledger.add(subject, label, competitor.run(subject, warmMillis, pace.measureMillis()));
    } catch (IOException e) {
      failures.put(name, String.valueOf(e.getMessage()));
    }
  }

  /** Trials that gave no figures, with why; they were not made again. */
  public Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  @Override
  public void close() throws IOException {
    for (Competitor each : competitors) {
      each.close();
    }
  }
}
