package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.datagram.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldBackTest {
  private static final long MICROSECOND = 1_000;
  private static final int MANY = 10_000;

  private final VirtualTime time = new VirtualTime();
  private long sentCount;
  private final HeldBack heldBack = new HeldBack(time, Strand.NONE, () -> sentCount);
  private final List<String> flushed = new ArrayList<>();
  private final List<Runnable> flushes = new ArrayList<>();

  /** Pipes that begin to hold at once, or hold again. */
  private void hold(int count) {
    for (int pipe = 0; pipe < count; pipe++) {
      if (pipe == flushes.size()) {
        String name = "pipe " + pipe;
        flushes.add(() -> flushed.add(name));
      }
      heldBack.add(flushes.get(pipe), time.nanoTime());
      sentCount++;
    }
  }

  @Test
  void onePipe_isFlushedAfterATenthOfAMillisecond() {
    hold(1);
    time.advance(99 * MICROSECOND);
    assertThat(flushed).isEmpty();
    time.advance(MICROSECOND);
    assertThat(flushed).containsExactly("pipe 0");
  }

  @Test
  void hundredPipes_areFlushedWhenThatTakesAQuarterOfTheTime() {
    hold(100);
    time.advance(800 * MICROSECOND);
    assertThat(flushed).isEmpty();
    time.advance(100 * MICROSECOND);
    assertThat(flushed).hasSize(100).startsWith("pipe 0", "pipe 1");
  }

  @Test
  void manyPipes_areFlushedWhenThatTakesAQuarterOfTheTime_whileSendsGoOn() {
    hold(MANY);
    sendFor(80_000 * MICROSECOND);
    assertThat(flushed).isEmpty();
    sendFor(100 * MICROSECOND);
    assertThat(flushed).hasSize(MANY);
  }

  @Test
  void pipes_howeverMany_areFlushedWithinATenthOfASecond() {
    hold(2 * MANY);
    sendFor(99_900 * MICROSECOND);
    assertThat(flushed).isEmpty();
    sendFor(100 * MICROSECOND);
    assertThat(flushed).hasSize(2 * MANY);
  }

  /** By pipes that hold something already. */
  private void sendFor(long nanos) {
    for (long left = nanos; left > 0; left -= 50 * MICROSECOND) {
      sentCount++;
      time.advance(50 * MICROSECOND);
    }
  }

  @Test
  void manyPipes_areFlushedTwentyMillisecondsAfterTheLastMessage() {
    hold(MANY);
    sendFor(15_000 * MICROSECOND);
    time.advance(9_000 * MICROSECOND);
    assertThat(flushed).isEmpty();
    time.advance(11_000 * MICROSECOND);
    assertThat(flushed).hasSize(MANY);
  }

  @Test
  void manyPipes_mayHoldSixteenMebibytesTogether() {
    hold(MANY);
    assertThat(heldBack.byteLimit() * MANY).isBetween((16L << 20) - MANY, 16L << 20);
    heldBack.flushAll();
    hold(1);
    assertThat(heldBack.byteLimit() * MANY).isBetween((16L << 20) - MANY, 16L << 20);
  }

  @Test
  void onePipe_mayHoldSixteenMebibytesAgain_onceTheOthersHaveStopped() {
    hold(MANY);
    heldBack.flushAll();
    hold(1);
    heldBack.flushAll();
    assertThat(heldBack.byteLimit()).isEqualTo(16L << 20);
  }

  @Test
  void limit_ofManyPipes_endsWithTheirBurst() {
    hold(MANY);
    time.advance(200_000 * MICROSECOND);
    assertThat(heldBack.byteLimit()).isEqualTo(16L << 20);
  }

  @Test
  void pipe_thatHoldsAgainAndAgain_isLeftToItsSenderForAWhile() {
    holdEvery50MicrosecondsFor(1_450 * MICROSECOND);
    assertThat(flushed).isEmpty();
    holdEvery50MicrosecondsFor(50 * MICROSECOND);
    assertThat(flushed).containsExactly("pipe 0");
  }

  @Test
  void longBurst_isLookedAtEveryEightTenthsOfAMillisecond() {
    holdEvery50MicrosecondsFor(100_000 * MICROSECOND);
    int looks = time.doneCount();
    holdEvery50MicrosecondsFor(80_000 * MICROSECOND);
    assertThat(time.doneCount() - looks).isEqualTo(100);
  }

  @Test
  void endOfALongBurst_isFlushedWithinAMillisecond() {
    for (int extra = 0; extra < 20; extra++) {
      holdEvery50MicrosecondsFor((10_000 + 50 * extra) * MICROSECOND);
      flushed.clear();
      hold(1);
      time.advance(900 * MICROSECOND);
      assertThat(flushed).isNotEmpty();
    }
  }

  @Test
  void burst_afterAPause_isFlushedAfterATenthOfAMillisecondAgain() {
    holdEvery50MicrosecondsFor(10_000 * MICROSECOND);
    time.advance(2_000 * MICROSECOND);
    flushed.clear();
    hold(1);
    time.advance(100 * MICROSECOND);
    assertThat(flushed).containsExactly("pipe 0");
  }

  private void holdEvery50MicrosecondsFor(long nanos) {
    for (long left = nanos; left > 0; left -= 50 * MICROSECOND) {
      hold(1);
      time.advance(50 * MICROSECOND);
    }
  }

  @Test
  void flushAll_flushesEachOnceAndLeavesNothingDue() {
    Runnable flush = () -> flushed.add("pipe");
    heldBack.add(flush, time.nanoTime());
    heldBack.add(flush, time.nanoTime());
    heldBack.flushAll();
    assertThat(flushed).containsExactly("pipe");
    time.advance(1_000 * MICROSECOND);
    assertThat(flushed).containsExactly("pipe");
    assertThat(time.pendingCount()).isZero();
  }

  @Test
  void pipe_thatBeginsToHoldWhileOthersAreFlushed_isFlushedToo() {
    heldBack.add(() -> heldBack.add(() -> flushed.add("late"), time.nanoTime()), time.nanoTime());
    heldBack.flushAll();
    assertThat(flushed).containsExactly("late");
  }
}
