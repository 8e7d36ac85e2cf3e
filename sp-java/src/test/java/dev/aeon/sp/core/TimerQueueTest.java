package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.transport.Strand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
  private static final Strand STRAND =
      new Strand() {
        @Override
        public void lock() {}

        @Override
        public void unlock() {}

        @Override
        public void afterUnlock(Runnable task) {
          task.run();
        }
      };

  private final TimerQueue timers = new TimerQueue();
  private final List<String> ran = new ArrayList<>();

  private TimerQueue.Timer add(String name, long deadlineNanos) {
    return timers.add(STRAND, deadlineNanos, () -> ran.add(name));
  }

  private void runDue(long nowNanos) {
    for (var due = timers.takeDue(nowNanos); due != null; due = timers.takeDue(nowNanos)) {
      due.run();
    }
  }

  @Test
  void tasks_runInOrderOfTime_notBefore() {
    add("late", 30);
    add("early", 10);
    runDue(9);
    assertThat(ran).isEmpty();
    runDue(10);
    assertThat(ran).containsExactly("early");
    assertThat(timers.untilNextNanos(25)).isEqualTo(5);
    runDue(100);
    assertThat(ran).containsExactly("early", "late");
    assertThat(timers.untilNextNanos(100)).isEqualTo(-1);
  }

  @Test
  void tasks_ofOneTime_runInTheOrderAdded() {
    add("a", 10);
    add("b", 10).cancel();
    add("c", 10);
    add("d", 10);
    runDue(10);
    assertThat(ran).containsExactly("a", "c", "d");
  }

  @Test
  void cancelled_neverRuns() {
    add("a", 10).cancel();
    runDue(10);
    assertThat(ran).isEmpty();
  }

  @Test
  void cancelled_afterItWasTaken_neverRuns() {
    TimerQueue.Timer timer = add("a", 10);
    TimerQueue.Timer taken = timers.takeDue(10);
    timer.cancel();
    taken.run();
    assertThat(ran).isEmpty();
  }

  @Test
  void clock_thatWrapsAround_keepsOrder() {
    add("after", Long.MIN_VALUE + 5);
    add("before", Long.MAX_VALUE - 5);
    runDue(Long.MAX_VALUE);
    assertThat(ran).containsExactly("before");
  }
}
