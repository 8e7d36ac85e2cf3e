package dev.aeon.checks.bench.run;

import java.util.List;

/** One figure of several rounds, at least one. */
record Rounds(List<Double> sorted) {
  static Rounds of(List<Double> figures) {
    return new Rounds(figures.stream().sorted().toList());
  }

  double median() {
    int middle = count() / 2;
    return count() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return sorted.getFirst();
  }

  double max() {
    return sorted.getLast();
  }

  int count() {
    return sorted.size();
  }
}
