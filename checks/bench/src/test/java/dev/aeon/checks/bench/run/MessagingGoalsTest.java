package dev.aeon.checks.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.checks.bench.report.Goal;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MessagingGoalsTest {
  private static final Predicate<String> SUBJECTS = MessagingGoals.subjects();

  @Test
  void subjects_ofGoals_areAllInTheFullPlan() {
    List<String> planned = TrialPlan.full().stream().map(Subject::toString).toList();
    assertThat(planned.stream().filter(SUBJECTS).map(name -> name.replaceAll(",.*", "")))
        .containsExactlyInAnyOrderElementsOf(
            MessagingGoals.all().stream()
                .map(Goal::ours)
                .map(ours ->
                    ours.toString()
                        .replace(ours.system() + " ", "")
                        .replaceAll(" (bytes|allocation)", ""))
                .distinct()
                .toList());
  }

  @Test
  void subjects_withMorePipes_areOfNoGoal() {
    assertThat(SUBJECTS.test("Pipeline ipc 64 B, 1 pipes")).isTrue();
    assertThat(SUBJECTS.test("Pipeline ipc 64 B, 8 pipes")).isFalse();
    assertThat(SUBJECTS.test("Idle ipc 64 B, 100 pipes")).isTrue();
  }
}
