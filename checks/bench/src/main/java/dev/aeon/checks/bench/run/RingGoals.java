package dev.aeon.checks.bench.run;

import dev.aeon.checks.bench.report.Goal;
import dev.aeon.checks.bench.report.Goal.Figure;
import java.util.List;
import java.util.Optional;

/** What the rings are to reach. */
public final class RingGoals {
  private static final String ONE_BY_ONE = "Ring";
  private static final String BATCHED = "BatchedRing";
  private static final String MANY = "ManyRing";
  private static final int SMALL = 64;
  private static final int MEDIUM = 1 << 10;

  private RingGoals() {}

  public static List<Goal> all() {
    return List.of(
        alone(ONE_BY_ONE, SMALL, 30e6),
        beside(figure(ONE_BY_ONE, "aeon", SMALL), "agrona", 1.1),
        alone(BATCHED, SMALL, 50e6),
        beside(figure(BATCHED, "aeon", SMALL), "agrona", 1.5),
        alone(ONE_BY_ONE, MEDIUM, 14e6),
        besideJcTools(1),
        besideJcTools(2),
        besideJcTools(4),
        besideJcTools(8),
        beside(figure(ONE_BY_ONE, "aeon-processes", SMALL), "aeon", 0.8),
        beside(figure(BATCHED, "aeon-processes", SMALL), "aeon", 0.8),
        beside(figure(ONE_BY_ONE, "aeon-processes", MEDIUM), "aeon", 0.8));
  }

  private static Goal besideJcTools(int producers) {
    return new Goal(
        figure(MANY, "aeon", SMALL).withProducers(producers),
        Optional.of(figure(MANY, "jctools", SMALL).withProducers(producers)),
        1,
        false);
  }

  private static Goal alone(String benchmark, int byteSize, double bound) {
    return new Goal(figure(benchmark, "aeon", byteSize), Optional.empty(), bound, false);
  }

  private static Goal beside(Figure ours, String system, double bound) {
    Figure other = new Figure(ours.benchmark(), system, "", ours.byteSize());
    return new Goal(ours, Optional.of(other), bound, false);
  }

  private static Figure figure(String benchmark, String system, int byteSize) {
    return new Figure(benchmark, system, "", byteSize);
  }
}
