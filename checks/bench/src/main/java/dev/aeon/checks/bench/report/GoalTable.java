package dev.aeon.checks.bench.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Which goals a run has met; nothing of those that it did not measure. */
final class GoalTable {
  private final List<Goal> goals;
  private final List<Measurement> measurements;

  GoalTable(List<Goal> goals, List<Measurement> measurements) {
    this.goals = goals;
    this.measurements = measurements;
  }

  String text() {
    String rows =
        goals.stream()
            .filter(each -> each.reached(measurements).isPresent())
            .map(this::row)
            .collect(Collectors.joining());
    return rows.isEmpty()
        ? ""
        : """
        ## Goals

        | reached | wanted | ours | beside | met |
        | --- | --- | --- | --- | --- |
        %s
        """
            .formatted(rows);
  }

  private String row(Goal goal) {
    OptionalDouble reached = goal.reached(measurements);
    Measurement ours = goal.ours().in(measurements).orElseThrow();
    String unit = goal.peer().isPresent() ? "×" : ours.unit();
    return "| **%s %s** | %s %s %s | %s%s | %s | %s |\n"
        .formatted(
            Figures.text(reached.orElseThrow()),
            unit,
            ours.better().equals("lower") ? "≤" : "≥",
            Figures.text(goal.bound()),
            unit,
            goal.ours(),
            goal.ofTail() ? ", p99" : "",
            goal.peer().map(Goal.Figure::toString).orElse("–"),
            goal.isMet(reached.orElseThrow(), measurements) ? "yes" : "no");
  }
}
