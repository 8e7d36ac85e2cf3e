package dev.aeon.slabs.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What workers executed, key by key, in the order in which they did. Thread-safe. */
final class Executions {
  private final List<List<Long>> byKey;

  Executions(int keyCount) {
    byKey = IntStream.range(0, keyCount).<List<Long>>mapToObj(key -> new ArrayList<>()).toList();
  }

  /** Number {@code number} was executed, of the key that it leaves as a remainder. */
  void add(long number) {
    List<Long> executed = byKey.get((int) (number % byKey.size()));
    synchronized (executed) {
      executed.add(number);
    }
  }

  /**
   * Every number below {@code count} was executed; each key's in order, but that after each of
   * {@code changeCount} changes of brokers some of the last ones came again, in order.
   */
  void requireAll(long count, int changeCount) {
    for (int key = 0; key < byKey.size(); key++) {
      requireKey(key, count, changeCount);
    }
  }

  private void requireKey(int key, long count, int changeCount) {
    List<Long> executed = byKey.get(key);
    int step = byKey.size();
    int goingBackCount = 0;
    long last = key - (long) step;
    synchronized (executed) {
      for (long number : executed) {
        if (number <= last) {
          goingBackCount++;
        } else {
          assertThat(number).as("key %d in order", key).isEqualTo(last + step);
        }
        last = number;
      }
    }
    assertThat(last).as("last of key %d", key).isEqualTo(lastOf(key, count));
    assertThat(goingBackCount).as("repetitions of key %d", key).isLessThanOrEqualTo(changeCount);
  }

  private long lastOf(int key, long count) {
    long last = count - 1;
    return last - Math.floorMod(last - key, byKey.size());
  }
}
