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
    for (int count = 0; count < times; count++) {
      nowNanos += gapNanos;
      burst.sendBegins();
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
    for (int count = 0; count < MANY; count++) {
      nowNanos += 100;
      burst.sendBegins();
      nowNanos += 1_000_000;
      burst.sendIsThrough();
    }
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
