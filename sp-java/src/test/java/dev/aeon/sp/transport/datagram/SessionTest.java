package dev.aeon.sp.transport.datagram;

import static dev.aeon.sp.transport.datagram.SessionFixture.MILLI;
import static dev.aeon.sp.transport.datagram.SessionFixture.SECOND;
import static dev.aeon.sp.transport.datagram.SessionFixture.SETTINGS;
import static dev.aeon.sp.transport.datagram.SessionFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.ProtocolNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sessions over a simulated network, in virtual time. */
class SessionTest {
  private SessionFixture fixture = new SessionFixture(1);

  private void sendMany(SimulatedHost from, int count, int byteSize) {
    for (int number = 0; number < count; number++) {
      from.send(body(number, byteSize));
    }
  }

  private static void assertAllCame(SimulatedHost at, int count, int byteSize) {
    assertThat(at.received).hasSize(count);
    for (int number = 0; number < count; number++) {
      assertThat(at.received.get(number)).isEqualTo(body(number, byteSize));
    }
  }

  @Test
  void greeting_answered_opensBothSides() {
    fixture.connect(SETTINGS);
    assertThat(fixture.dialer.pipe.properties().remoteAddress())
        .isEqualTo(fixture.listener.pipe.properties().localAddress());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 1_023, 1_224, 1_232, 1_500, 65_536, 1 << 20, 5_000_000})
  void message_ofAnySize_arrivesWhole(int byteSize) {
    fixture.connect(SETTINGS);
    fixture.dialer.send(body(3, byteSize));
    fixture.run(10 * SECOND);
    assertThat(fixture.listener.received).containsExactly(body(3, byteSize));
    assertThat(fixture.dialer.acceptedCount).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.2})
  void packets_onLoan_areGivenBackOnceArrivedAndNotBefore(double loss) {
    fixture.network.lends = true;
    fixture.network.loss = loss;
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 30, 20_000);
    fixture.run(120 * SECOND);
    assertAllCame(fixture.listener, 30, 20_000);
    SimulatedNetwork.SimulatedCarrier carrier = fixture.dialerCarrier;
    assertThat(carrier.keptCount).isGreaterThan(400);
    assertThat(carrier.heldCount).isLessThanOrEqualTo((int) (2 * loss * carrier.keptCount));
    fixture.dialer.pipe.close();
    assertThat(carrier.heldCount).isZero();
  }

  @Test
  void packets_neverAcknowledged_areGivenBackAtTheEnd() {
    fixture.network.lends = true;
    fixture.connect(SETTINGS);
    fixture.network.isDark = true;
    sendMany(fixture.dialer, 3, 20_000);
    fixture.run(MILLI);
    assertThat(fixture.dialerCarrier.heldCount).isPositive();
    fixture.run(60 * SECOND);
    assertThat(fixture.dialer.said).last().asString().startsWith("closed");
    assertThat(fixture.dialerCarrier.heldCount).isZero();
  }

  @Test
  void messages_bothWays_keepTheirOrder() {
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 1_000, 100);
    sendMany(fixture.listener, 1_000, 300);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 1_000, 100);
    assertAllCame(fixture.dialer, 1_000, 300);
  }

  @ParameterizedTest(name = "loss {0} reordering {1} duplication {2} corruption {3}")
  @CsvSource({
    "0.01, 0, 0, 0",
    "0.05, 0, 0, 0",
    "0.2, 0, 0, 0",
    "0, 0.3, 0, 0",
    "0, 0, 0.3, 0",
    "0, 0, 0, 0.1",
    "0.1, 0.2, 0.1, 0.05"
  })
  void faults_ofEveryKind_loseDuplicateAndReorderNothing(
      double loss, double reordering, double duplication, double corruption) {
    for (long seed = 1; seed <= 5; seed++) {
      fixture = new SessionFixture(seed);
      fixture.network.loss = loss;
      fixture.network.reordering = reordering;
      fixture.network.duplication = duplication;
      fixture.network.corruption = corruption;
      fixture.connect(SETTINGS);
      sendMany(fixture.dialer, 300, 700);
      sendMany(fixture.listener, 30, 20_000);
      fixture.run(120 * SECOND);
      assertAllCame(fixture.listener, 300, 700);
      assertAllCame(fixture.dialer, 30, 20_000);
    }
  }

  @Test
  void lastPacket_lost_isRepairedByAProbe() {
    fixture.connect(SETTINGS);
    fixture.network.isDark = true;
    fixture.dialer.send(body(1, 10));
    fixture.run(MILLI);
    fixture.network.isDark = false;
    fixture.run(100 * MILLI);
    assertAllCameOnce();
  }

  private void assertAllCameOnce() {
    assertThat(fixture.listener.received).containsExactly(body(1, 10));
  }

  @Test
  void blackOut_ofTenSeconds_losesNothing() {
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 200, 5_000);
    fixture.run(MILLI);
    fixture.network.isDark = true;
    fixture.run(10 * SECOND);
    fixture.network.isDark = false;
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 200, 5_000);
    assertThat(fixture.listener.said).containsExactly("opened");
  }

  @Test
  void peer_silent_isTakenForDead() {
    fixture.connect(SETTINGS);
    fixture.network.isDark = true;
    fixture.run(31 * SECOND);
    assertThat(fixture.dialer.said).containsExactly("opened", "closed IO_ERROR");
    assertThat(fixture.listener.said).containsExactly("opened", "closed IO_ERROR");
    assertThat(fixture.dialerCarrier.isClosed).isTrue();
  }

  @Test
  void idleSession_keptAlive_staysOpenWithFewPackets() {
    fixture.connect(SETTINGS);
    long before = fixture.network.packetCount;
    fixture.run(60 * SECOND);
    assertThat(fixture.dialer.said).containsExactly("opened");
    assertThat(fixture.network.packetCount - before).isBetween(60L, 260L);
  }

  @Test
  void receiver_takingNothing_holdsTheSenderBack() {
    fixture.listener.isTaking = false;
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 300, 100_000);
    fixture.run(20 * SECOND);
    assertThat(fixture.listener.received).isEmpty();
    assertThat(fixture.dialer.acceptedCount).isBetween(10, 60);
    fixture.listener.take();
    fixture.run(60 * SECOND);
    assertAllCame(fixture.listener, 300, 100_000);
  }

  @Test
  void receiver_takingNothing_boundsTinyMessagesToo() {
    fixture.listener.isTaking = false;
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 20_000, 0);
    fixture.run(20 * SECOND);
    assertThat(fixture.dialer.acceptedCount)
        .isLessThan((int) (ReceiveQueue.WINDOW_MESSAGES + 10_000));
    fixture.listener.take();
    fixture.run(60 * SECOND);
    assertThat(fixture.listener.received).hasSize(20_000);
  }

  @ParameterizedTest(name = "delay {0} ns: at most {1} bytes, of a credit of 4 MiB")
  @CsvSource({"20_000, 1_300_000", "200_000, 2_700_000", "6_000_000, 4_300_000"})
  void peer_behind_isSentWhatThePathHoldsAndLittleMore(long delayNanos, int mostByteCount) {
    fixture.network.delayNanos = delayNanos;
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 1_000, 60_000);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 1_000, 60_000);
    fixture.network.isDark = true;
    fixture.dialerCarrier.sent.clear();
    sendMany(fixture.dialer, 200, 60_000);
    fixture.run(MILLI);
    int byteCount = fixture.dialerCarrier.sent.stream().mapToInt(packet -> packet.length).sum();
    assertThat(byteCount).isBetween(3 * mostByteCount / 4, mostByteCount);
    fixture.network.isDark = false;
    fixture.run(60 * SECOND);
    assertThat(fixture.listener.received).hasSize(1_200);
  }

  @Test
  void path_takingMore_isFoundOut() {
    fixture.network.carrierByteSize = 8_972;
    fixture.network.pathByteSize = 8_972;
    fixture.connect(SETTINGS);
    fixture.dialer.send(body(1, 100_000));
    fixture.run(SECOND);
    assertThat(fixture.network.largestByteSize).isEqualTo(8_972);
    assertThat(fixture.listener.received).containsExactly(body(1, 100_000));
  }

  @Test
  void path_narrowerThanTheLink_isNeverExceededByMessages() {
    fixture.network.carrierByteSize = 8_972;
    fixture.network.pathByteSize = 1_232;
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 50, 10_000);
    fixture.run(20 * SECOND);
    assertAllCame(fixture.listener, 50, 10_000);
  }

  @Test
  void path_becomingNarrower_isNoticed() {
    fixture.connect(SETTINGS);
    fixture.run(SECOND);
    fixture.network.pathByteSize = 1_232;
    sendMany(fixture.dialer, 50, 10_000);
    fixture.run(30 * SECOND);
    assertAllCame(fixture.listener, 50, 10_000);
  }

  @Test
  void close_byOneSide_isToldToTheOther() {
    fixture.connect(SETTINGS);
    fixture.dialer.pipe.close();
    fixture.run(SECOND);
    assertThat(fixture.listener.said).containsExactly("opened", "closed PEER_CLOSED");
    assertThat(fixture.dialer.said).containsExactly("opened");
    assertThat(fixture.dialerCarrier.isClosed).isTrue();
  }

  @Test
  void close_withMessagesUntaken_deliversThemFirst() {
    fixture.listener.isTaking = false;
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 3, 10);
    fixture.run(SECOND);
    fixture.dialer.pipe.close();
    fixture.run(SECOND);
    fixture.listener.take();
    assertAllCame(fixture.listener, 3, 10);
    assertThat(fixture.listener.said).containsExactly("opened", "closed PEER_CLOSED");
  }

  @Test
  void closedSides_haveNoTimerLeft() {
    fixture.connect(SETTINGS);
    fixture.dialer.pipe.close();
    fixture.run(SECOND);
    assertThat(fixture.network.time.pendingCount()).isZero();
  }

  @Test
  void closeLost_isFoundOutByAReset() {
    fixture.connect(SETTINGS);
    fixture.network.isDark = true;
    fixture.listener.pipe.close();
    fixture.network.isDark = false;
    fixture.run(2 * SECOND);
    assertThat(fixture.dialer.said).containsExactly("opened", "closed PEER_CLOSED");
  }

  @Test
  void listenerClosed_leavesItsSessions() {
    fixture.connect(SETTINGS);
    fixture.endpoint.close();
    fixture.dialer.send(body(1, 10));
    fixture.run(SECOND);
    assertAllCameOnce();
    fixture.listener.pipe.close();
    assertThat(fixture.listenerCarrier.isClosed).isTrue();
  }

  @Test
  void protocolOfAnother_closesBothSides() {
    fixture = new SessionFixture(1, ProtocolNumber.PUSH0);
    fixture.listen(SETTINGS).dial(SETTINGS).run(SECOND);
    assertThat(fixture.dialer.said).containsExactly("closed WRONG_PROTOCOL");
    assertThat(fixture.listener.said).containsExactly("closed WRONG_PROTOCOL");
  }

  @Test
  void nobodyThere_failsAfterTheHandshakeTime() {
    fixture.listen(SETTINGS);
    fixture.endpoint.close();
    fixture.dial(SETTINGS);
    fixture.run(9 * SECOND);
    assertThat(fixture.dialer.said).isEmpty();
    fixture.run(2 * SECOND);
    assertThat(fixture.dialer.said).containsExactly("closed CONNECT_FAILED");
    assertThat(fixture.dialerCarrier.isClosed).isTrue();
  }

  @Test
  void nobodyThere_asThePeersHostSays_failsAtOnce() {
    fixture.listen(SETTINGS);
    fixture.endpoint.close();
    fixture.dial(SETTINGS);
    fixture.dialerCarrier.refuse();
    assertThat(fixture.dialer.said).containsExactly("closed CONNECT_FAILED");
    assertThat(fixture.dialerCarrier.isClosed).isTrue();
  }

  @Test
  void peerGone_asItsHostKeepsSaying_isNoticedLongBeforeItsTimeIsOver() {
    fixture.connect(SETTINGS);
    fixture.network.isDark = true;
    fixture.dialerCarrier.refuse();
    fixture.run(SECOND);
    assertThat(fixture.dialer.said).containsExactly("opened");
    fixture.dialerCarrier.refuse();
    assertThat(fixture.dialer.said).containsExactly("opened", "closed IO_ERROR");
  }

  @Test
  void peerAlive_whateverIsSaidOfIt_staysConnected() {
    fixture.connect(SETTINGS);
    for (int second = 0; second < 10; second++) {
      fixture.dialerCarrier.refuse();
      fixture.listenerCarrier.refuse();
      fixture.run(SECOND);
    }
    assertThat(fixture.dialer.said).containsExactly("opened");
    assertThat(fixture.listener.said).containsExactly("opened");
  }

  @Test
  void message_aboveTheReceiveLimit_closesTheSession() {
    DatagramSettings small =
        new DatagramSettings(1_000, 10 * SECOND, SECOND, 30 * SECOND, false, 8 << 10, null);
    fixture.connect(small);
    fixture.dialer.send(body(1, 1_001));
    fixture.run(SECOND);
    assertThat(fixture.listener.said).containsExactly("opened", "closed TOO_LARGE");
    assertThat(fixture.dialer.said).containsExactly("opened", "closed PEER_CLOSED");
  }
}
