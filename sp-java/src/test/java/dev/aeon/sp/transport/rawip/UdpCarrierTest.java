package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.sp.transport.datagram.PacketLoan;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpCarrierTest extends CarrierContract {
  @Override
  CarrierSocket open(InetSocketAddress local) {
    return UdpSockets.open(local);
  }

  @Override
  InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  @Test
  void port_thatNobodyHas_isToldToWhoSendsThere() {
    CarrierSocket nobody = open(anyPort());
    InetSocketAddress address = nobody.local();
    nobody.close();
    Received received = new Received();
    try (SocketCarrier carrier = carrier(open(anyPort()).connected(address), received)) {
      for (int packet = 0; packet < 2; packet++) {
        long byteOffset = carrier.reserve(1);
        carrier.memory().set(ValueLayout.JAVA_BYTE, byteOffset, (byte) 1);
        carrier.queue(PeerAddresses.of(address), 1);
        carrier.flush();
      }
      assertThat(reactor().turn()).isTrue();
      assertThat(received.refusedCount).isPositive();
    }
  }

  private static final int PACKET_BYTE_SIZE = 1_400;
  private static final int RUN_COUNT = 46;

  /** A receiver, and a sender that is connected to it and has sent one long run already. */
  private final class Pair implements AutoCloseable {
    final Received received = new Received();
    final SocketCarrier receiver;
    final SocketCarrier sender;
    final PeerAddress peer;
    private final List<PacketLoan> loans = new ArrayList<>();

    Pair() {
      CarrierSocket socket = open(anyPort());
      peer = PeerAddresses.of(socket.local());
      sender = carrier(open(anyPort()).connected(socket.local()), new Received());
      receiver = carrier(socket, received);
      sendRun(0, RUN_COUNT);
      awaitRuns(1);
      loans.clear();
    }

    void sendRun(int value, int keptCount) {
      for (int packet = 0; packet < RUN_COUNT; packet++) {
        long byteOffset = sender.reserve(PACKET_BYTE_SIZE);
        sender.memory().asSlice(byteOffset, PACKET_BYTE_SIZE).fill((byte) value);
        sender.queue(peer, PACKET_BYTE_SIZE);
        PacketLoan loan = packet < keptCount ? sender.keep() : null;
        if (loan != null) {
          loans.add(loan);
        }
      }
      sender.flush();
    }

    void awaitRuns(int count) {
      while (received.count() < count * RUN_COUNT) {
        assertThat(reactor().turn()).as("packets, so far " + received.count()).isTrue();
      }
    }

    void giveBack() {
      loans.forEach(PacketLoan::giveBack);
      loans.clear();
    }

    List<byte[]> packetsOfRun(int number) {
      return received.packets.subList(number * RUN_COUNT, (number + 1) * RUN_COUNT);
    }

    @Override
    public void close() {
      sender.close();
      receiver.close();
      giveBack();
    }
  }

  private static byte[] packetOf(int value) {
    byte[] packet = new byte[PACKET_BYTE_SIZE];
    Arrays.fill(packet, (byte) value);
    return packet;
  }

  /** Given back before they arrive: what the pages hold later is what arrives. */
  @Test
  void run_allKept_isReadFromItsPages() {
    assumeTrue(LentPages.ARE_SUPPORTED);
    try (Pair pair = new Pair()) {
      for (int run = 1; run <= LentPages.RUN_COUNT + 1; run++) {
        pair.sendRun(run, RUN_COUNT);
        assertThat(pair.loans).hasSize(RUN_COUNT);
        pair.giveBack();
      }
      pair.awaitRuns(2);
      assertThat(pair.packetsOfRun(1)).containsOnly(packetOf(LentPages.RUN_COUNT + 1));
    }
  }

  @Test
  void run_notAllKept_isCopied() {
    try (Pair pair = new Pair()) {
      for (int run = 1; run <= LentPages.RUN_COUNT + 1; run++) {
        pair.sendRun(run, RUN_COUNT - 1);
        pair.giveBack();
      }
      pair.awaitRuns(2);
      assertThat(pair.packetsOfRun(1)).containsOnly(packetOf(1));
    }
  }

  @Test
  void runs_keptAndNeverGivenBack_arriveAsTheyWere() {
    try (Pair pair = new Pair()) {
      for (int run = 1; run <= 100; run++) {
        pair.sendRun(run, RUN_COUNT);
        pair.awaitRuns(run + 1);
      }
      for (int run = 1; run <= 100; run++) {
        assertThat(pair.packetsOfRun(run)).containsOnly(packetOf(run));
      }
    }
  }

  @Test
  void runs_givenBackInTime_areAllLent() {
    assumeTrue(LentPages.ARE_SUPPORTED);
    try (Pair pair = new Pair()) {
      for (int run = 1; run <= 200; run++) {
        pair.sendRun(run, RUN_COUNT);
        assertThat(pair.loans).hasSize(RUN_COUNT);
        pair.awaitRuns(run + 1);
        assertThat(pair.packetsOfRun(run)).containsOnly(packetOf(run));
        pair.giveBack();
      }
    }
  }

  @Test
  void packet_largerThanThoseOfTheLastRun_staysWhole() {
    try (Pair pair = new Pair()) {
      pair.sendRun(1, RUN_COUNT);
      long byteOffset = pair.sender.reserve(4_000);
      pair.sender.memory().asSlice(byteOffset, 4_000).fill((byte) 2);
      pair.sender.queue(pair.peer, 4_000);
      pair.sender.flush();
      pair.awaitRuns(2);
      while (pair.received.count() == 2 * RUN_COUNT) {
        assertThat(reactor().turn()).isTrue();
      }
      assertThat(pair.received.packets)
          .last()
          .asInstanceOf(InstanceOfAssertFactories.BYTE_ARRAY)
          .hasSize(4_000);
    }
  }

  @Test
  void pages_ofClosedCarriers_leaveNoDescriptor() throws IOException {
    new Pair().close();
    long before = descriptorCount();
    for (int round = 0; round < 5; round++) {
      try (Pair pair = new Pair()) {
        pair.sendRun(round, RUN_COUNT);
      }
    }
    assertThat(descriptorCount()).isEqualTo(before);
  }

  @Test
  void pages_ofTooManyCarriers_areThereOnceOthersAreClosed() {
    List<LentPages> open = new ArrayList<>();
    for (LentPages pages = LentPages.open(); pages != null; pages = LentPages.open()) {
      open.add(pages);
    }
    try (Pair pair = new Pair()) {
      pair.sendRun(1, RUN_COUNT);
      assertThat(pair.loans).isEmpty();
      pair.awaitRuns(2);
      assertThat(pair.packetsOfRun(1)).containsOnly(packetOf(1));
    }
    assertThat(open).hasSizeBetween(1, LentPages.MAX_OPEN_COUNT);
    open.removeLast().close();
    open.add(Objects.requireNonNull(LentPages.open()));
    open.forEach(LentPages::close);
  }

  @ParameterizedTest
  @CsvSource({
    "6.18.44-fc, true",
    "6.5.0, true",
    "7.0, true",
    "10.1.2, true",
    "6.4.16, false",
    "5.15.0-generic, false",
    "6, false",
    "unknown, false",
    "'', false"
  })
  void kernel_bySomeVersion_sendsFromPagesOrDoesNot(String version, boolean does) {
    assertThat(LentPages.areSupportedBy(version)).isEqualTo(does);
  }
}
