package dev.aeon.sp.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendPaceTest {
  private static final long CLOSE_NANOS = 30_000;
  private static final long FAR_NANOS = 1_000_000;
  private static final int MANY = 20;

  private final SendPace pace = new SendPace();
  private long nowNanos = FAR_NANOS;

  private boolean sendAfter(long gapNanos) {
    nowNanos += gapNanos;
    return pace.isStream(nowNanos);
  }

  private void sendManyClosely() {
    for (int count = 0; count < MANY; count++) {
      sendAfter(CLOSE_NANOS);
    }
  }

  @Test
  void messages_fewInARow_areNoStream() {
    for (int count = 0; count < 8; count++) {
      assertThat(sendAfter(CLOSE_NANOS)).isFalse();
    }
  }

  @Test
  void messages_manyInARow_areAStream() {
    sendManyClosely();
    assertThat(sendAfter(CLOSE_NANOS)).isTrue();
  }

  @Test
  void messages_farApart_areNoStream() {
    sendManyClosely();
    assertThat(sendAfter(FAR_NANOS)).isFalse();
  }

  @Test
  void message_theOtherWay_endsTheStream() {
    sendManyClosely();
    pace.end();
    assertThat(sendAfter(CLOSE_NANOS)).isFalse();
  }
}
