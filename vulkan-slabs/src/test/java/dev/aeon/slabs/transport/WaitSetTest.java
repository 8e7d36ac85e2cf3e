package dev.aeon.slabs.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.Await;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sleeps that end by a signal or not at all: the time after which they end has been put off. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitSetTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final WaitSet waits = WaitSet.drowsy(NEVER);

  @AfterEach
  void close() {
    waits.close();
  }

  @Test
  void signal_afterSleepWasAnnounced_endsIt() {
    waits.idle(Long.MAX_VALUE);
    waits.signal();
    waits.idle(Long.MAX_VALUE);
    assertThat(waits.sleepCount()).isEqualTo(1);
  }

  @Test
  void sleep_isAnnouncedBeforeTheLastLook_andAgainBeforeTheNextSleep() {
    AtomicInteger announcedCount = new AtomicInteger();
    waits.add(announcedCount::incrementAndGet);
    waits.idle(Long.MAX_VALUE);
    assertThat(announcedCount).hasValue(1);
    assertThat(waits.sleepCount()).isZero();
    waits.signal();
    waits.idle(Long.MAX_VALUE);
    waits.idle(Long.MAX_VALUE);
    assertThat(announcedCount).hasValue(2);
    assertThat(waits.sleepCount()).isEqualTo(1);
  }

  @Test
  void memberThatCame_afterSleepWasAnnounced_isAskedToo() {
    AtomicInteger announcedCount = new AtomicInteger();
    waits.idle(Long.MAX_VALUE);
    waits.add(announcedCount::incrementAndGet);
    waits.idle(Long.MAX_VALUE);
    assertThat(announcedCount).hasValue(1);
  }

  @Test
  void signalWhileNobodySleeps_costsNoSleepLater() {
    waits.signal();
    waits.idle(Long.MAX_VALUE);
    waits.idle(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(waits.sleepCount()).isEqualTo(1);
  }

  @Test
  void threadWithNothingToDo_sleepsAndLooksOnceForEachSignal() throws Exception {
    AtomicLong lookCount = new AtomicLong();
    AtomicLong workCount = new AtomicLong();
    Thread thread = Thread.ofPlatform().daemon().start(() -> look(lookCount, workCount));
    for (int round = 1; round <= 1_000; round++) {
      workCount.set(round);
      waits.signal();
      long wanted = round;
      Await.until(() -> lookCount.get() >= wanted);
    }
    workCount.set(-1);
    waits.signal();
    thread.join();
    assertThat(waits.sleepCount()).isLessThan(3_000);
  }

  /** Takes up the numbers that are set, until one is negative. */
  private void look(AtomicLong lookCount, AtomicLong workCount) {
    while (workCount.get() >= 0) {
      boolean found = workCount.get() > lookCount.get();
      lookCount.set(workCount.get());
      waits.after(found ? 1 : 0);
    }
  }

  @Test
  void close_endsASleep_andWhatComesLaterDoesNothing() throws Exception {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              waits.idle(Long.MAX_VALUE);
              waits.idle(Long.MAX_VALUE);
            });
    Await.until(() -> waits.sleepCount() > 0);
    waits.close();
    thread.join();
    waits.signal();
    waits.idle(Long.MAX_VALUE);
    waits.close();
  }

  @Test
  void everyStrategy_returnsFromIdling() {
    for (WaitStrategy strategy : WaitStrategy.values()) {
      try (WaitSet each = WaitSet.open(strategy, Duration.ofMillis(1))) {
        for (int look = 0; look < 200; look++) {
          each.after(0);
        }
        each.after(1);
      }
    }
  }
}
