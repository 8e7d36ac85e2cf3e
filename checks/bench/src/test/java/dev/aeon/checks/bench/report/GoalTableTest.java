package dev.aeon.checks.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalTableTest {
  private static final Map<String, String> PARAMETERS =
      Map.of("transport", "ipc", "byteSize", "64");
  private static final Goal.Figure OURS = new Goal.Figure("RoundTrip", "aeon", "ipc", 64);
  private static final Goal.Figure PEER = new Goal.Figure("RoundTrip", "libzmq", "ipc", 64);

  private static Measurement figure(String system, String better, double median) {
    return new Measurement(
        "RoundTrip", system, "us", better, median, median, median, 9, 5, PARAMETERS);
  }

  private static String table(Goal goal, Measurement... measurements) {
    return new GoalTable(List.of(goal), List.of(measurements)).text();
  }

  @Test
  void goal_besideAPeer_isOursOverThePeers() {
    Goal goal = new Goal(OURS, Optional.of(PEER), 0.45, false);

    assertThat(table(goal, figure("aeon", "lower", 4), figure("libzmq", "lower", 10)))
        .contains("| **0.40 ×** | ≤ 0.45 × |", "| yes |");
    assertThat(table(goal, figure("aeon", "lower", 5), figure("libzmq", "lower", 10)))
        .contains("| **0.50 ×** |", "| no |");
  }

  @Test
  void goal_whereHigherIsBetter_isALeast() {
    Goal goal = new Goal(OURS, Optional.of(PEER), 1.2, false);

    assertThat(table(goal, figure("aeon", "higher", 13), figure("libzmq", "higher", 10)))
        .contains("| **1.30 ×** | ≥ 1.20 × |", "| yes |");
  }

  @Test
  void goal_ofTheTail_takesThePercentile() {
    assertThat(table(new Goal(OURS, Optional.empty(), 8, true), figure("aeon", "lower", 4)))
        .contains("| **9.00 us** | ≤ 8.00 us |", "p99", "| no |");
  }

  @Test
  void goal_thatWasNotMeasured_isLeftOut() {
    Goal goal = new Goal(OURS, Optional.of(PEER), 0.45, false);

    assertThat(table(goal, figure("aeon", "lower", 4))).isEmpty();
  }
}
