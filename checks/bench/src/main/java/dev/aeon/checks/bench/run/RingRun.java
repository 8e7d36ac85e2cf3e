package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.checks.bench.ring.RingSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Measures rings in short rounds, all systems on one subject after each other and each round
 * beginning with another of them: what the machine does besides, and where a hypervisor puts its
 * processors, then meets all alike.
 */
public final class RingRun {
  private static final int SMALL = 64;
  private static final int MEDIUM = 1 << 10;
  private static final List<RingSubject> SUBJECTS =
      List.of(
          RingSubject.oneByOne(SMALL),
          RingSubject.oneByOne(MEDIUM),
          RingSubject.batched(SMALL),
          RingSubject.batched(MEDIUM),
          RingSubject.many(SMALL, 1),
          RingSubject.many(SMALL, 2),
          RingSubject.many(SMALL, 4),
          RingSubject.many(SMALL, 8));

  private final RingPace pace;
  private final PrintWriter progress;
  private final Map<RingSubject, Map<String, List<Double>>> ledger = new LinkedHashMap<>();

  public RingRun(RingPace pace, PrintWriter progress) {
    this.pace = pace;
    this.progress = progress;
  }

  /** Of the subjects whose benchmark the filter wants. */
  public List<Measurement> run(Predicate<String> filter) throws IOException, InterruptedException {
    List<RingSubject> chosen =
        SUBJECTS.stream().filter(each -> filter.test(each.benchmark())).toList();
    for (int pass = 0; pass < pace.passes(); pass++) {
      for (RingSubject subject : chosen) {
        progress.printf("pass %d/%d: %s%n", pass + 1, pace.passes(), subject);
        progress.flush();
        run(subject);
      }
    }
    return measurements();
  }

  private void run(RingSubject subject) throws IOException, InterruptedException {
    List<RingCompetitor> competitors = new ArrayList<>();
    try {
      for (String system : subject.systems()) {
        competitors.add(new RingProcess(subject, system));
      }
      RingFloor.of(subject).ifPresent(competitors::add);
      for (RingCompetitor each : competitors) {
        each.run(pace.firstWarmMillis(), pace.measureMillis());
      }
      for (int round = 0; round < pace.rounds(); round++) {
        round(subject, competitors);
        Collections.rotate(competitors, -1);
      }
    } finally {
      for (RingCompetitor each : competitors) {
        each.close();
      }
    }
  }

  private void round(RingSubject subject, List<RingCompetitor> competitors)
      throws IOException, InterruptedException {
    Map<String, List<Double>> bySystem =
        ledger.computeIfAbsent(subject, _ -> new LinkedHashMap<>());
    for (RingCompetitor each : competitors) {
      bySystem
          .computeIfAbsent(each.system(), _ -> new ArrayList<>())
          .add(each.run(pace.warmMillis(), pace.measureMillis()));
    }
  }

  private List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    ledger.forEach((subject, bySystem) ->
        bySystem.forEach(
            (system, rates) -> all.add(measurement(subject, system, Rounds.of(rates)))));
    return all;
  }

  private static Measurement measurement(RingSubject subject, String system, Rounds rounds) {
    return new Measurement(
        subject.benchmark(),
        system,
        "records/s",
        "higher",
        rounds.median(),
        rounds.min(),
        rounds.max(),
        rounds.min(),
        rounds.count(),
        subject.parameters());
  }
}
