package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.transport.datagram.VirtualTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SleepLimitTest {
  private static final long LIMIT = 20;

  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger wakeCount = new AtomicInteger();
  private final SleepLimit limit = new SleepLimit(time, LIMIT, wakeCount::incrementAndGet);

  @Test
  void sleep_beyondTheLimit_isEndedBeforeTwiceTheLimit() {
    limit.sleepBegins(time.nanoTime());
    time.advance(2 * LIMIT - 1);
    assertThat(wakeCount).hasPositiveValue();
  }

  @Test
  void sleep_thatBeginsJustAfterALook_isEndedBeforeTwiceTheLimit() {
    limit.sleepBegins(time.nanoTime());
    time.advance(1);
    limit.sleepEnds();
    limit.sleepBegins(time.nanoTime());
    time.advance(LIMIT - 1);
    assertThat(wakeCount).hasValue(0);
    time.advance(LIMIT);
    assertThat(wakeCount).hasPositiveValue();
  }

  @Test
  void shortSleeps_areLeftAlone() {
    for (int sleep = 0; sleep < 100; sleep++) {
      limit.sleepBegins(time.nanoTime());
      time.advance(LIMIT / 4);
      limit.sleepEnds();
    }
    assertThat(wakeCount).hasValue(0);
  }

  @Test
  void manySleeps_needOneTaskAtATime() {
    for (int sleep = 0; sleep < 100; sleep++) {
      limit.sleepBegins(time.nanoTime());
      limit.sleepEnds();
    }
    assertThat(time.pendingCount()).isEqualTo(1);
  }

  @Test
  void whoSleepsNoMore_costsNothing() {
    limit.sleepBegins(time.nanoTime());
    limit.sleepEnds();
    time.advance(2 * LIMIT);
    assertThat(time.pendingCount()).isZero();
  }
}
