package dev.aeon.sp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurstTest {
  private static final int MANY = 100;

  private long nowNanos;
  private int readCount;
  private final Burst burst =
      new Burst(() -> {
        readCount++;
        return nowNanos;
      });

  private void sends(int times, long gapNanos) {
    sends(times, gapNanos, 0);
  }

  private void sends(int times, long gapNanos, long sendNanos) {
    for (int count = 0; count < times; count++) {
      nowNanos += gapNanos;
      burst.sendBegins(false);
      nowNanos += sendNanos;
      burst.sendIsThrough();
    }
  }

  private void heldUpSends(int times, long heldUpNanos) {
    for (int count = 0; count < times; count++) {
      nowNanos += heldUpNanos;
      burst.sendBegins(true);
      burst.sendIsThrough();
    }
  }

  @Test
  void firstSends_goOutAtOnce() {
    sends(8, 100);
    assertThat(burst.isOn()).isFalse();
  }

  @Test
  void sendsThatFollowEachOtherFast_areABurst() {
    sends(9, 100);
    assertThat(burst.isOn()).isTrue();
  }

  @Test
  void sendsThatTakeLong_countByTheGapsBetweenThem() {
    sends(MANY, 100, 1_000_000);
    assertThat(burst.isOn()).isTrue();
  }

  @Test
  void sendsThatTakeLong_areABurstWithAQuarterOfThatBetweenThem() {
    sends(MANY, 50_000, 200_000);
    assertThat(burst.isOn()).isTrue();
  }

  @Test
  void sendsThatTakeLong_areNoneWithMoreThanAQuarterOfThatBetweenThem() {
    sends(MANY, 50_001, 200_000);
    assertThat(burst.isOn()).isFalse();
  }

  @Test
  void sendsThatTakeVeryLong_areNoneWithMoreThanATenthOfAMillisecondBetweenThem() {
    sends(MANY, 100_001, 10_000_000);
    assertThat(burst.isOn()).isFalse();
  }

  @Test
  void oneSendAmongOthersThatTookLong_allowsNoLongerGaps() {
    sends(7, 100, 1_000);
    sends(1, 100, 1_000_000);
    sends(MANY, 50_000, 1_000);
    assertThat(burst.isOn()).isFalse();
  }

  @Test
  void sendsThatTakeLongAfterQuickOnes_areABurstByTheirOwnGaps() {
    sends(MANY, 3_000, 1_000);
    sends(MANY, 50_000, 200_000);
    assertThat(burst.isOn()).isTrue();
  }

  @Test
  void senderThatWasHeldUp_leftNoGap() {
    heldUpSends(MANY, 1_000_000);
    assertThat(burst.isOn()).isTrue();
  }

  @Test
  void burstWhoseSenderWasHeldUp_goesOn() {
    sends(MANY, 100);
    heldUpSends(MANY, 1_000_000);
    assertThat(burst.isOn()).isTrue();
  }

  @Test
  void sendsWithTimeBetween_areNone() {
    sends(MANY, 3_000);
    assertThat(burst.isOn()).isFalse();
  }

  @Test
  void burstThatSlowsDown_endsWithinSixteen() {
    sends(MANY, 100);
    sends(16, 3_000);
    assertThat(burst.isOn()).isFalse();
  }

  @Test
  void burst_readsTheTimeSeldom() {
    sends(16, 100);
    readCount = 0;
    sends(16 * MANY, 100);
    assertThat(burst.isOn()).isTrue();
    assertThat(readCount).isLessThanOrEqualTo(2 * MANY + 2);
  }

  @Test
  void answersInTurn_readNoTime() {
    for (int turn = 0; turn < MANY; turn++) {
      sends(1, 100);
      burst.end();
    }
    assertThat(readCount).isZero();
  }

  @Test
  void messageTheOtherWay_endsIt() {
    sends(MANY, 100);
    burst.end();
    assertThat(burst.isOn()).isFalse();
  }
}
