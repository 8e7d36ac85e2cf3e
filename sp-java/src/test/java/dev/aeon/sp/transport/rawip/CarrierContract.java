package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.NativeCallException;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.datagram.PacketHandler;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the datagram mapping relies on in every carrier. */
@Timeout(120)
abstract class CarrierContract {
  private final TestReactor reactor = new TestReactor();
  private final Received atLeft = new Received();
  private final Received atRight = new Received();
  private SocketCarrier left;
  private SocketCarrier right;
  private PeerAddress leftAddress;
  private PeerAddress rightAddress;

  abstract CarrierSocket open(InetSocketAddress local);

  abstract InetAddress loopback();

  @BeforeEach
  void openBoth() {
    CarrierSocket leftSocket = open(anyPort());
    CarrierSocket rightSocket = open(anyPort());
    leftAddress = PeerAddresses.of(leftSocket.local());
    rightAddress = PeerAddresses.of(rightSocket.local());
    left = carrier(leftSocket, atLeft);
    right = carrier(rightSocket, atRight);
  }

  @AfterEach
  void closeBoth() {
    if (left != null) {
      left.close();
      right.close();
    }
    reactor.close();
  }

  final TestReactor reactor() {
    return reactor;
  }

  final InetSocketAddress anyPort() {
    return new InetSocketAddress(loopback(), 0);
  }

  final SocketCarrier carrier(CarrierSocket socket, PacketHandler handler) {
    SocketCarrier carrier = new SocketCarrier(reactor, Strand.NONE, socket);
    carrier.onPackets(handler);
    return carrier;
  }

  private void queue(SocketCarrier from, PeerAddress to, int value, int byteSize) {
    MemorySegment packet = roomIn(from, byteSize).fill((byte) value);
    if (byteSize >= Integer.BYTES) {
      packet.set(ValueLayout.JAVA_INT_UNALIGNED, 0, value);
    }
    from.queue(to, byteSize);
  }

  private static MemorySegment roomIn(SocketCarrier from, int byteSize) {
    long byteOffset = from.reserve(byteSize);
    return from.memory().asSlice(byteOffset, byteSize);
  }

  private void await(Received received, int count) {
    while (received.count() < count) {
      assertThat(reactor.turn()).as("packets, so far " + received.count()).isTrue();
    }
  }

  private static int valueOf(byte[] packet) {
    return MemorySegment.ofArray(packet).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  @Test
  void packets_ofEverySize_arriveAsTheyWere() {
    int max = left.maxPacketByteSize(rightAddress);
    int[] sizes = {1, 2, 3, 64, 1_000, 1_252, 1_472, 9_000, max - 1, max};
    for (int size : sizes) {
      queue(left, rightAddress, size, size);
    }
    left.flush();
    await(atRight, sizes.length);
    for (int index = 0; index < sizes.length; index++) {
      byte[] expected = new byte[sizes[index]];
      Arrays.fill(expected, (byte) sizes[index]);
      if (sizes[index] >= Integer.BYTES) {
        MemorySegment.ofArray(expected).set(ValueLayout.JAVA_INT_UNALIGNED, 0, sizes[index]);
      }
      assertThat(atRight.packets.get(index)).isEqualTo(expected);
    }
  }

  @Test
  void packets_ofOneSize_arriveOneByOneInOrder() {
    for (int number = 0; number < 300; number++) {
      queue(left, rightAddress, number, 1_200);
    }
    queue(left, rightAddress, 300, 700);
    queue(left, rightAddress, 301, 1_200);
    left.flush();
    await(atRight, 302);
    for (int number = 0; number < 302; number++) {
      assertThat(atRight.packets.get(number)).hasSize(number == 300 ? 700 : 1_200);
      assertThat(valueOf(atRight.packets.get(number))).isEqualTo(number);
    }
  }

  @Test
  void packets_toTwoPeers_reachEachItsOwn() {
    for (int number = 0; number < 20; number++) {
      queue(left, number % 2 == 0 ? rightAddress : leftAddress, number, 100);
    }
    left.flush();
    await(atRight, 10);
    await(atLeft, 10);
    assertThat(atRight.packets).allMatch(packet -> valueOf(packet) % 2 == 0);
    assertThat(atLeft.packets).allMatch(packet -> valueOf(packet) % 2 == 1);
  }

  @Test
  void sender_ofPackets_isOneObjectAndCanBeAnswered() {
    queue(left, rightAddress, 1, 10);
    queue(left, rightAddress, 2, 20);
    left.flush();
    await(atRight, 2);
    assertThat(atRight.senders).containsExactly(leftAddress, leftAddress);
    assertThat(atRight.senders.get(0)).isSameAs(atRight.senders.get(1));
    queue(right, atRight.senders.get(0), 3, 30);
    right.flush();
    await(atLeft, 1);
    assertThat(valueOf(atLeft.packets.get(0))).isEqualTo(3);
  }

  @Test
  void packet_tooLargeForThePath_isLostAlone() {
    queue(left, rightAddress, 1, 10);
    queue(left, rightAddress, 2, left.maxPacketByteSize(rightAddress) + 1);
    queue(left, rightAddress, 3, 30);
    left.flush();
    await(atRight, 2);
    assertThat(valueOf(atRight.packets.get(0))).isEqualTo(1);
    assertThat(valueOf(atRight.packets.get(1))).isEqualTo(3);
  }

  @Test
  void packets_moreThanTheSystemHolds_arriveInPartAndInOrder() {
    for (int number = 0; number < 20_000; number++) {
      queue(left, rightAddress, number, 1_400);
    }
    left.flush();
    while (reactor.turnNow()) {
      left.flush();
    }
    assertThat(atRight.count()).isBetween(100, 20_000);
    int before = -1;
    for (byte[] packet : atRight.packets) {
      assertThat(valueOf(packet)).isGreaterThan(before);
      before = valueOf(packet);
    }
  }

  @Test
  void batch_received_isEndedOnce() {
    queue(left, rightAddress, 1, 10);
    queue(left, rightAddress, 2, 10);
    left.flush();
    await(atRight, 2);
    assertThat(atRight.batchCount).isEqualTo(1);
  }

  @Test
  void packets_lookedForUntold_areTakenWhereThereAreAny() {
    reactor.look();
    assertThat(atRight.batchCount).isZero();
    queue(left, rightAddress, 1, 10);
    queue(left, rightAddress, 2, 10);
    left.flush();
    while (atRight.count() < 2) {
      reactor.look();
    }
    assertThat(atRight.packets).extracting(CarrierContract::valueOf).containsExactly(1, 2);
    int batchCount = atRight.batchCount;
    reactor.look();
    assertThat(atRight.batchCount).isEqualTo(batchCount);
  }

  @Test
  void close_byTheHandler_endsTheBatch() {
    AtomicInteger seen = new AtomicInteger();
    CarrierSocket socket = open(anyPort());
    PeerAddress address = PeerAddresses.of(socket.local());
    SocketCarrier[] closing = new SocketCarrier[1];
    closing[0] =
        carrier(
            socket,
            new PacketHandler() {
              @Override
              public void packet(PeerAddress from, MemorySegment bytes, long offset, int size) {
                seen.incrementAndGet();
                closing[0].close();
              }

              @Override
              public void refused() {
                throw new AssertionError("nobody refuses");
              }

              @Override
              public void batchEnded() {
                throw new AssertionError("a closed carrier tells nothing");
              }
            });
    queue(left, address, 1, 10);
    queue(left, address, 2, 10);
    left.flush();
    assertThat(reactor.turn()).isTrue();
    assertThat(seen).hasValue(1);
    closing[0].close();
    closing[0].flush();
    queue(closing[0], rightAddress, 3, 10);
    assertThat(reactor.turnNow()).isFalse();
  }

  @Test
  void port_taken_isRefused() {
    InetSocketAddress taken = new InetSocketAddress(loopback(), rightAddress.port());
    assertThatThrownBy(() -> open(taken))
        .isInstanceOf(NativeCallException.class)
        .hasMessageContaining("EADDRINUSE");
  }

  @Test
  void carriers_closed_leaveNoDescriptor() throws IOException {
    open(anyPort()).close();
    long before = descriptorCount();
    for (int round = 0; round < 10; round++) {
      SocketCarrier carrier = carrier(open(anyPort()), new Received());
      queue(carrier, rightAddress, round, 10);
      carrier.flush();
      carrier.close();
      carrier.close();
    }
    assertThat(descriptorCount()).isEqualTo(before);
  }

  static long descriptorCount() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
