package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final class Entry extends ContextNode {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomWalk_givesWhatIsDueInOrder(long seed) {
    Random random = new Random(seed);
    Schedule<Entry> schedule = new Schedule<>();
    List<Entry> scheduled = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      if (random.nextInt(4) == 0 && !scheduled.isEmpty()) {
        schedule.remove(scheduled.remove(random.nextInt(scheduled.size())));
      } else {
        Entry entry = new Entry();
        schedule.put(entry, random.nextLong(1_000));
        scheduled.add(entry);
      }
    }
    scheduled.sort(Comparator.comparingLong(each -> each.deadlineNanos));
    for (Entry expected : scheduled) {
      assertThat(schedule.earliestNanos()).isEqualTo(expected.deadlineNanos);
      assertThat(schedule.pollDue(expected.deadlineNanos - 1)).isNull();
      assertThat(schedule.pollDue(expected.deadlineNanos).deadlineNanos)
          .isEqualTo(expected.deadlineNanos);
    }
    assertThat(schedule.isEmpty()).isTrue();
  }

  @Test
  void put_again_moves() {
    Schedule<Entry> schedule = new Schedule<>();
    Entry entry = new Entry();
    schedule.put(entry, 5);
    schedule.put(entry, 9);
    assertThat(schedule.pollDue(5)).isNull();
    assertThat(schedule.pollDue(9)).isSameAs(entry);
    assertThat(schedule.isEmpty()).isTrue();
  }
}
