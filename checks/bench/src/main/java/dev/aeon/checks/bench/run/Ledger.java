package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.report.Measurement;
import dev.aeon.checks.bench.trial.Figure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each system did in each round. */
final class Ledger {
  private record Entry(Subject subject, String system) {}

  private final Map<Entry, Map<Figure, List<Double>>> entries = new LinkedHashMap<>();

  void add(Subject subject, String system, Map<Figure, Double> figures) {
    Map<Figure, List<Double>> columns =
        entries.computeIfAbsent(new Entry(subject, system), _ -> new EnumMap<>(Figure.class));
    figures.forEach(
        (figure, value) -> columns.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value));
  }

  /** Medians of the rounds; percentiles of a round's samples are figures, of which as well. */
  List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    entries.forEach((entry, columns) -> add(all, entry, columns));
    return all;
  }

  private static void add(List<Measurement> all, Entry entry, Map<Figure, List<Double>> columns) {
    columns.forEach((figure, rounds) -> {
      if (figure != Figure.P99) {
        all.add(measurement(entry, figure, Rounds.of(rounds), tail(figure, columns)));
      }
    });
  }

  private static Measurement measurement(Entry entry, Figure figure, Rounds rounds, double tail) {
    return new Measurement(
        figure.benchmark(entry.subject.kind()),
        entry.system,
        figure.unit(),
        figure.better(),
        rounds.median(),
        rounds.min(),
        rounds.max(),
        tail,
        rounds.count(),
        entry.subject.parameters());
  }

  /** The 99th percentile of samples where there are any, else the worst round. */
  private static double tail(Figure figure, Map<Figure, List<Double>> columns) {
    if (figure == Figure.P50) {
      return Rounds.of(columns.get(Figure.P99)).median();
    }
    Rounds rounds = Rounds.of(columns.get(figure));
    return figure.better().equals("lower") ? rounds.max() : rounds.min();
  }
}
