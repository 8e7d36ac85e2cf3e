package dev.aeon.sp.transport.datagram;

import static dev.aeon.sp.transport.datagram.SessionFixture.MILLI;
import static dev.aeon.sp.transport.datagram.SessionFixture.SECOND;
import static dev.aeon.sp.transport.datagram.SessionFixture.SETTINGS;
import static dev.aeon.sp.transport.datagram.SessionFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Much at a time goes by another carrier, where there is one and packets come through. */
class CompanionTest {
  private static final int LARGE = 100_000;
  private SessionFixture fixture = withCompanions(1);

  private static SessionFixture withCompanions(long seed) {
    SessionFixture fixture = new SessionFixture(seed);
    fixture.network.hasCompanions = true;
    return fixture;
  }

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

  private int sentByCompanion(SimulatedNetwork.SimulatedCarrier carrier) {
    return carrier.companion == null ? 0 : carrier.companion.sent.size();
  }

  /** So many bytes of the first messages are spent until the companion is proven. */
  private void proveCompanion() {
    fixture.dialer.send(body(0, LARGE));
    fixture.run(SECOND);
    assertThat(sentByCompanion(fixture.dialerCarrier)).isPositive();
    fixture.dialerCarrier.sent.clear();
    fixture.dialerCarrier.companion.sent.clear();
    fixture.listener.received.clear();
  }

  @Test
  void smallMessages_inExchange_openNoCompanion() {
    fixture.connect(SETTINGS);
    for (int number = 0; number < 50; number++) {
      fixture.dialer.send(body(number, 1_000));
      fixture.listener.send(body(number, 1_000));
      fixture.run(MILLI);
    }
    assertAllCame(fixture.listener, 50, 1_000);
    assertThat(fixture.dialerCarrier.companion).isNull();
    assertThat(fixture.listenerCarrier.companion).isNull();
  }

  @Test
  void largeMessages_onceProven_goByTheCompanion() {
    fixture.connect(SETTINGS);
    proveCompanion();
    sendMany(fixture.dialer, 5, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 5, LARGE);
    int parts = 5 * LARGE / fixture.network.pathByteSize;
    assertThat(sentByCompanion(fixture.dialerCarrier)).isGreaterThanOrEqualTo(parts);
    assertThat(fixture.dialerCarrier.sent).hasSizeLessThan(parts / 10);
  }

  @Test
  void smallMessages_afterLargeOnes_goAsBefore() {
    fixture.connect(SETTINGS);
    proveCompanion();
    for (int number = 0; number < 50; number++) {
      fixture.dialer.send(body(number, 1_000));
      fixture.run(MILLI);
    }
    assertAllCame(fixture.listener, 50, 1_000);
    assertThat(sentByCompanion(fixture.dialerCarrier)).isZero();
  }

  @Test
  void largeMessages_bothWays_goByBothCompanions() {
    fixture.connect(SETTINGS);
    sendMany(fixture.dialer, 20, LARGE);
    sendMany(fixture.listener, 20, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 20, LARGE);
    assertAllCame(fixture.dialer, 20, LARGE);
    assertThat(sentByCompanion(fixture.dialerCarrier)).isGreaterThan(100);
    assertThat(sentByCompanion(fixture.listenerCarrier)).isGreaterThan(100);
  }

  @Test
  void companion_beforeItsPathIsProven_carriesProbesAlone() {
    fixture.connect(SETTINGS);
    fixture.network.isCompanionDark = true;
    sendMany(fixture.dialer, 20, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 20, LARGE);
    assertThat(fixture.dialerCarrier.companion.sent)
        .isNotEmpty()
        .allMatch(packet -> kind(packet) == PacketLayout.PROBE);
  }

  private static int kind(byte[] packet) {
    return packet[PacketLayout.KIND_OFFSET] & PacketLayout.KIND_MASK;
  }

  @Test
  void companion_blockedWhileInUse_isLeftAndFoundAgain() {
    fixture.connect(SETTINGS);
    proveCompanion();
    fixture.network.isCompanionDark = true;
    sendMany(fixture.dialer, 20, LARGE);
    fixture.run(20 * SECOND);
    assertAllCame(fixture.listener, 20, LARGE);
    assertThat(fixture.dialerCarrier.sent).hasSizeGreaterThan(1_000);
    fixture.network.isCompanionDark = false;
    fixture.run(100 * SECOND);
    fixture.dialer.send(body(20, LARGE));
    fixture.run(SECOND);
    fixture.dialerCarrier.companion.sent.clear();
    fixture.dialer.send(body(21, LARGE));
    fixture.run(SECOND);
    assertThat(fixture.listener.received).hasSize(22);
    assertThat(fixture.dialerCarrier.companion.sent).hasSizeGreaterThan(50);
  }

  @ParameterizedTest(name = "loss {0} reordering {1} duplication {2} corruption {3} delay {4}")
  @CsvSource({
    "0.01, 0, 0, 0, 200000",
    "0.2, 0, 0, 0, 200000",
    "0, 0.3, 0, 0, 200000",
    "0.1, 0.2, 0.1, 0.05, 200000",
    "0, 0, 0, 0, 5000000",
    "0.05, 0.1, 0.1, 0.05, 10000",
  })
  void faults_onBothCarriers_loseDuplicateAndReorderNothing(
      double loss, double reordering, double duplication, double corruption, long delay) {
    for (long seed = 1; seed <= 5; seed++) {
      fixture = withCompanions(seed);
      fixture.network.loss = loss;
      fixture.network.reordering = reordering;
      fixture.network.duplication = duplication;
      fixture.network.corruption = corruption;
      fixture.network.companionDelayNanos = delay;
      fixture.connect(SETTINGS);
      for (int number = 0; number < 60; number++) {
        fixture.dialer.send(body(number, number % 3 == 0 ? 50_000 : 100));
      }
      fixture.run(120 * SECOND);
      assertThat(fixture.listener.received).hasSize(60);
      for (int number = 0; number < 60; number++) {
        assertThat(fixture.listener.received.get(number))
            .as("seed=%d number=%d", seed, number)
            .isEqualTo(body(number, number % 3 == 0 ? 50_000 : 100));
      }
      assertThat(sentByCompanion(fixture.dialerCarrier)).isPositive();
    }
  }

  /** What overtakes on another way is no sign of loss. */
  @Test
  void packets_overtakenByTheOtherCarriers_areNotSentAgain() {
    fixture.network.companionDelayNanos = 100_000;
    fixture.connect(SETTINGS);
    proveCompanion();
    for (int number = 0; number < 20; number++) {
      fixture.dialer.send(body(2 * number, 100));
      fixture.dialer.send(body(2 * number + 1, 9_000));
      fixture.run(100 * MILLI);
    }
    assertThat(fixture.listener.received).hasSize(40);
    long carried =
        fixture.dialerCarrier.sent.stream().mapToLong(packet -> packet.length).sum()
            + fixture.dialerCarrier.companion.sent.stream().mapToLong(p -> p.length).sum();
    assertThat(carried).isLessThan(20 * (100 + 9_000) * 11 / 10 + 20_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_280, 1_452, 1_240})
  void companionPath_narrowerThanTheOther_takesSmallerPackets(int byteSize) {
    fixture.network.companionPathByteSize = byteSize;
    fixture.connect(SETTINGS);
    proveCompanion();
    sendMany(fixture.dialer, 5, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 5, LARGE);
    assertThat(sentByCompanion(fixture.dialerCarrier)).isGreaterThan(200);
  }

  @Test
  void companionPath_becomeTooNarrow_isLeft() {
    fixture.connect(SETTINGS);
    proveCompanion();
    fixture.network.companionPathByteSize = 600;
    sendMany(fixture.dialer, 5, LARGE);
    fixture.run(20 * SECOND);
    assertAllCame(fixture.listener, 5, LARGE);
  }

  @Test
  void peer_withoutCompanion_isSentToAsBefore() {
    fixture.listen(SETTINGS);
    fixture.network.hasCompanions = true;
    fixture.dial(withCompanionAt(0)).run(10 * SECOND);
    sendMany(fixture.listener, 30, LARGE);
    sendMany(fixture.dialer, 30, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.dialer, 30, LARGE);
    assertAllCame(fixture.listener, 30, LARGE);
    assertThat(fixture.dialerCarrier.companion).isNull();
    assertThat(sentByCompanion(fixture.listenerCarrier)).isZero();
    long offers =
        fixture.listenerCarrier.sent.stream()
            .filter(packet -> kind(packet) == PacketLayout.COMPANION)
            .count();
    assertThat(offers).isBetween(1L, 4L);
  }

  private static DatagramSettings withCompanionAt(long byteSize) {
    return new DatagramSettings(
        SETTINGS.maxReceiveByteSize(),
        SETTINGS.handshakeNanos(),
        SETTINGS.keepAliveNanos(),
        SETTINGS.deathNanos(),
        false,
        byteSize,
        null);
  }

  @Test
  void sessions_ciphered_useCompanionsToo() {
    byte[] key = "a key that nobody guesses at all".getBytes(StandardCharsets.UTF_8);
    fixture.connect(SETTINGS.ciphered(key));
    proveCompanion();
    sendMany(fixture.dialer, 5, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 5, LARGE);
    assertThat(sentByCompanion(fixture.dialerCarrier)).isGreaterThan(200);
  }

  @Test
  void packets_ofStrangersAtTheCompanion_areDroppedUnanswered() {
    fixture.connect(SETTINGS);
    fixture.dialer.send(body(0, LARGE));
    fixture.run(MILLI / 2);
    byte[] captured = fixture.dialerCarrier.sent.getLast();
    fixture.run(SECOND);
    SimulatedNetwork.SimulatedCarrier companion = fixture.listenerCarrier.companion;
    int before = companion.sent.size();
    long unknown = fixture.endpoint.counters().unknownSession();
    PeerAddress own = fixture.dialerCarrier.companion.address;
    PeerAddress otherPort = new PeerAddress(own.address(), own.port() + 1, 0);
    PeerAddress otherHost = new PeerAddress(new byte[] {10, 0, 0, 9}, own.port(), 0);
    fixture.network.deliver(otherPort, companion.address, captured.clone());
    fixture.network.deliver(otherHost, companion.address, captured.clone());
    assertThat(fixture.endpoint.counters().unknownSession()).isEqualTo(unknown + 2);
    byte[] unknownSession = captured.clone();
    unknownSession[PacketLayout.SESSION_OFFSET] ^= 1;
    fixture.network.deliver(own, companion.address, unknownSession);
    for (int kind : new int[] {1, 2, 3, 7}) {
      byte[] opening = captured.clone();
      opening[PacketLayout.KIND_OFFSET] = (byte) kind;
      fixture.network.deliver(own, companion.address, opening);
    }
    fixture.network.deliver(own, companion.address, new byte[3]);
    assertThat(fixture.endpoint.counters().malformed()).isEqualTo(5);
    assertThat(companion.sent).hasSize(before);
    assertThat(fixture.dialer.said).containsExactly("opened");
  }

  /** Whoever has the session's numbers may say nonsense about companions. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "1, 5", "2, 5", "255, 5", "0, 65535", "0, 1"})
  void companionPackets_outOfPlace_doNoHarm(int step, int port) {
    fixture.connect(SETTINGS);
    loseOnePacketOfTheDialer();
    deliverToListener(companionPacket(step, port, CompanionPacket.BYTE_SIZE));
    sendMany(fixture.dialer, 10, LARGE);
    sendMany(fixture.listener, 10, LARGE);
    fixture.run(10 * SECOND);
    assertAllCame(fixture.listener, 10, LARGE);
    assertAllCame(fixture.dialer, 10, LARGE);
  }

  /** A question for a sign of life, whose number the forged packet has. */
  private void loseOnePacketOfTheDialer() {
    fixture.run(SECOND / 2);
    fixture.network.isDark = true;
    int before = fixture.dialerCarrier.sent.size();
    while (fixture.dialerCarrier.sent.size() == before) {
      fixture.run(MILLI);
    }
    fixture.network.isDark = false;
  }

  @Test
  void companionPacket_cutOff_endsTheSession() {
    fixture.connect(SETTINGS);
    loseOnePacketOfTheDialer();
    deliverToListener(companionPacket(0, 7, 3));
    assertThat(fixture.listener.said).last().asString().startsWith("closed");
  }

  /** In place of the dialer's last packet. */
  private byte[] companionPacket(int step, int port, int contentByteSize) {
    byte[] known = fixture.dialerCarrier.sent.getLast();
    MemorySegment packet =
        Arena.ofAuto().allocate((long) PacketLayout.BYTE_SIZE + CompanionPacket.BYTE_SIZE);
    long session = PacketLayout.session(MemorySegment.ofArray(known), 0);
    long number = PacketLayout.number(MemorySegment.ofArray(known), 0);
    PacketLayout.write(packet, 0, PacketLayout.COMPANION, 0x10, session, number);
    CompanionPacket.write(packet, PacketLayout.BYTE_SIZE, step, port);
    int byteSize = PacketLayout.BYTE_SIZE + contentByteSize;
    int _ = new ChecksumGuard().seal(packet, 0, byteSize);
    return packet.asSlice(0, byteSize).toArray(ValueLayout.JAVA_BYTE);
  }

  private void deliverToListener(byte[] packet) {
    fixture.network.deliver(fixture.dialerCarrier.address, fixture.listenerCarrier.address, packet);
  }

  @Test
  void companions_closeWithTheirEndpoints() {
    fixture.connect(SETTINGS);
    proveCompanion();
    SimulatedNetwork.SimulatedCarrier here = fixture.dialerCarrier.companion;
    SimulatedNetwork.SimulatedCarrier there = fixture.listenerCarrier.companion;
    fixture.dialer.pipe.close();
    fixture.run(SECOND);
    assertThat(here.isClosed).isTrue();
    assertThat(there.isClosed).isFalse();
    fixture.endpoint.close();
    assertThat(there.isClosed).isTrue();
  }
}
