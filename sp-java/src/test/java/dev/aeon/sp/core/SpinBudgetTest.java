package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinBudgetTest {
  private static final long LIMIT = 100_000;
  private final SpinBudget budget = new SpinBudget();

  @BeforeEach
  void limit() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    budget.setLimit(LIMIT);
  }

  private void noteTimes(int times, long waitedNanos) {
    LongStream.range(0, times).forEach(time -> budget.note(waitedNanos));
  }

  private long spinsAmong(int waits) {
    return LongStream.range(0, waits).filter(wait -> budget.nanos() > 0).count();
  }

  @Test
  void shortWaits_areSpunThrough() {
    noteTimes(100, LIMIT / 2);
    assertThat(spinsAmong(100)).isEqualTo(100);
  }

  @Test
  void longWaits_areNot() {
    noteTimes(100, 100 * LIMIT);
    assertThat(spinsAmong(100)).isZero();
  }

  @Test
  void waitsALittleTooLong_areTriedNowAndThen() {
    noteTimes(100, LIMIT * 3 / 2);
    assertThat(spinsAmong(80)).isEqualTo(10);
  }

  @Test
  void oneShortWait_isBelievedAtOnce() {
    noteTimes(100, LIMIT * 3 / 2);
    budget.note(LIMIT / 2);
    assertThat(spinsAmong(10)).isEqualTo(10);
  }

  @Test
  void limitOfZero_neverSpins() {
    budget.setLimit(0);
    noteTimes(10, 1);
    assertThat(spinsAmong(10)).isZero();
  }

  @Test
  void severalReadySinceTheLastWait_areLetToComeTogether() {
    budget.noteReady();
    budget.noteReady();
    budget.note(LIMIT / 2);
    assertThat(budget.pauseNanos()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 1_000})
  void questionsAndAnswersInTurn_seeNoPause(long waitedNanos) {
    for (int turn = 0; turn < 10; turn++) {
      budget.noteReady();
      budget.note(waitedNanos);
      assertThat(budget.pauseNanos()).isZero();
    }
  }

  @Test
  void onlyOneAfterAPause_endsThePauses() {
    noteTimes(1, 100);
    assertThat(budget.pauseNanos()).isPositive();
    budget.note(2_000);
    assertThat(budget.pauseNanos()).isZero();
  }

  @Test
  void lookedInVain_operationDoesNotSpinAgain() {
    budget.lookedInVain(LIMIT);
    assertThat(budget.nanos()).isZero();
    assertThat(budget.leftOf(3 * LIMIT)).isEqualTo(2 * LIMIT);
    budget.note(LIMIT / 2);
    assertThat(budget.leftOf(3 * LIMIT)).isEqualTo(3 * LIMIT);
  }

  /** The time without an operation counts: else each wait a little too long would look short. */
  @Test
  void lookedInVain_waitIsAsLongAsAllOfIt() {
    for (int wait = 0; wait < 100; wait++) {
      budget.lookedInVain(LIMIT);
      budget.note(100);
    }
    assertThat(spinsAmong(80)).isEqualTo(10);
  }

  @Test
  void lookedInVain_whatWasReadyAfterAll_isForgotten() {
    budget.lookedInVain(LIMIT);
    budget.noteReady();
    assertThat(budget.leftOf(LIMIT)).isEqualTo(LIMIT);
    assertThat(budget.nanos()).isEqualTo(LIMIT);
  }
}
