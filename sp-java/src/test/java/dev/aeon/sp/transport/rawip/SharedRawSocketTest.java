package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.sp.Await;
import dev.aeon.sp.transport.Strand;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One descriptor for all endpoints of a protocol number, whichever sockets they belong to. */
@Timeout(120)
class SharedRawSocketTest {
  /** Of nobody else on the machine, so that each test begins with no descriptor. */
  private static final int PROTOCOL = 252;

  /** Of a line: slot, local address, and the inode as the tenth field. */
  private static final Pattern RAW_SOCKET =
      Pattern.compile("\\d+: (?<local>\\S+)(?:\\s+\\S+){7}\\s+(?<inode>\\d+)");

  private static final String LOOPBACK = "127.0.0.1";
  private static final int READ_AHEAD = 400;

  private final List<End> ends = new ArrayList<>();
  private final List<TestReactor> reactors = new ArrayList<>();

  /** A port, what it has received, and where. */
  private record End(
      TestReactor reactor, SocketCarrier carrier, Received received, PeerAddress address) {
    void send(End to, int value) {
      send(to, value, Integer.BYTES);
    }

    void send(End to, int value, int byteSize) {
      long byteOffset = carrier.reserve(byteSize);
      carrier.memory().set(ValueLayout.JAVA_INT_UNALIGNED, byteOffset, value);
      carrier.queue(to.address, byteSize);
      carrier.flush();
    }

    List<Integer> values() {
      return received.packets.stream()
          .map(each -> MemorySegment.ofArray(each).get(ValueLayout.JAVA_INT_UNALIGNED, 0))
          .toList();
    }

    void await(int count) {
      while (received.count() < count) {
        assertThat(reactor.turn()).as("packets, so far " + received.count()).isTrue();
      }
    }
  }

  @AfterEach
  void closeAll() {
    ends.forEach(end -> end.carrier().close());
    reactors.forEach(TestReactor::close);
  }

  private TestReactor reactor() {
    TestReactor reactor = new TestReactor();
    reactors.add(reactor);
    return reactor;
  }

  private End end(TestReactor reactor) {
    return end(reactor, open(LOOPBACK));
  }

  private End end(TestReactor reactor, CarrierSocket socket) {
    Received received = new Received();
    SocketCarrier carrier = new SocketCarrier(reactor, Strand.NONE, socket);
    carrier.onPackets(received);
    End end = new End(reactor, carrier, received, PeerAddresses.of(socket.local()));
    ends.add(end);
    return end;
  }

  private static CarrierSocket open(String local) {
    try {
      return RawSockets.open(new InetSocketAddress(InetAddress.ofLiteral(local), 0), PROTOCOL);
    } catch (TransportException e) {
      assumeTrue(false, e.getMessage());
      throw e;
    }
  }

  /** How many raw sockets of the protocol number this process has, in {@code /proc}. */
  private static int rawDescriptorCount() throws IOException {
    Set<String> inodes = new HashSet<>();
    String suffix = ":%04X".formatted(PROTOCOL);
    for (String line : Files.readAllLines(Path.of("/proc/self/net/raw"))) {
      Matcher fields = RAW_SOCKET.matcher(line);
      if (fields.find() && fields.group("local").endsWith(suffix)) {
        inodes.add("socket:[" + fields.group("inode") + "]");
      }
    }
    int count = 0;
    for (String target : descriptors()) {
      count += inodes.contains(target) ? 1 : 0;
    }
    return count;
  }

  private static List<String> descriptors() throws IOException {
    List<String> targets = new ArrayList<>();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : open.toList()) {
        try {
          targets.add(Files.readSymbolicLink(each).toString());
        } catch (IOException e) {
          targets.add("of the listing itself");
        }
      }
    }
    return targets;
  }

  private static boolean readerRuns() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("sp-ip-" + PROTOCOL));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void endpoints_ofOneProtocolNumber_shareOneDescriptor(int socketCount) throws IOException {
    for (int socket = 0; socket < socketCount; socket++) {
      TestReactor reactor = reactor();
      for (int number = 0; number < 20; number++) {
        end(reactor);
      }
    }
    assertThat(rawDescriptorCount()).isEqualTo(1);
    assertThat(readerRuns()).isEqualTo(socketCount > 1);
  }

  @Test
  void packets_forManyEndpoints_reachEachItsOwn() {
    List<TestReactor> sockets = List.of(reactor(), reactor(), reactor());
    for (int number = 0; number < 30; number++) {
      end(sockets.get(number % sockets.size()));
    }
    for (int round = 0; round < 3; round++) {
      for (int number = 0; number < ends.size(); number++) {
        ends.get((number + 7) % ends.size()).send(ends.get(number), number);
      }
    }
    for (int number = 0; number < ends.size(); number++) {
      ends.get(number).await(3);
    }
    for (int number = 0; number < ends.size(); number++) {
      assertThat(ends.get(number).values()).containsExactly(number, number, number);
      assertThat(ends.get(number).received().senders)
          .containsOnly(ends.get((number + 7) % ends.size()).address());
    }
  }

  @Test
  void packets_lookedFor_areReadByWhoLooks() {
    End left = end(reactor());
    End right = end(reactor());
    for (int number = 0; number < 100; number++) {
      left.send(right, number);
      while (right.received().count() <= number) {
        right.reactor().look();
      }
    }
    assertThat(right.values()).isSorted().hasSize(100);
  }

  @Test
  void packets_ofOthers_doNotWake() throws IOException {
    End receiver = end(reactor());
    End peer = end(reactor(), open("127.0.0.2"));
    End dialer = end(receiver.reactor(), open(LOOPBACK).connected(socketAddress(peer.address())));
    End stranger = end(peer.reactor(), open("127.0.0.3"));
    assertThat(rawDescriptorCount()).isEqualTo(3);
    PeerAddress nobody = new PeerAddress(receiver.address().address(), 1, 0);
    for (int number = 0; number < 10; number++) {
      stranger.send(dialer, number);
      stranger.send(new End(receiver.reactor(), dialer.carrier(), new Received(), nobody), number);
    }
    assertThat(receiver.reactor().turnNow()).isFalse();
    peer.send(dialer, 7);
    dialer.await(1);
    assertThat(dialer.values()).containsExactly(7);
    assertThat(receiver.received().count()).isZero();
  }

  @Test
  void packets_ofAnotherIpv6Address_doNotWake() {
    End sender = end(reactor(), open("::1"));
    End distant =
        end(
            sender.reactor(),
            open("::1").connected(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 7)));
    End near = end(sender.reactor(), open("::1").connected(socketAddress(sender.address())));
    sender.send(distant, 1);
    assertThat(sender.reactor().turnNow()).isFalse();
    sender.send(near, 2);
    near.await(1);
    assertThat(near.values()).containsExactly(2);
  }

  private static InetSocketAddress socketAddress(PeerAddress peer) {
    return PeerAddresses.toSocketAddress(peer);
  }

  @Test
  void endpoints_closedInAnyOrder_leaveNothing() throws IOException {
    long seed = Long.getLong("aeon.seed", System.nanoTime());
    Random random = new Random(seed);
    List<TestReactor> sockets = List.of(reactor(), reactor(), reactor());
    int before = descriptors().size();
    for (int round = 0; round < 10; round++) {
      for (int number = 0; number < 9; number++) {
        end(sockets.get(number % sockets.size()));
      }
      ends.get(0).send(ends.get(1), round);
      Collections.shuffle(ends, random);
      while (!ends.isEmpty()) {
        ends.removeLast().carrier().close();
        if (ends.size() >= 2) {
          int known = ends.get(1).received().count();
          ends.get(0).send(ends.get(1), ends.size());
          ends.get(1).await(known + 1);
        }
      }
      assertThat(rawDescriptorCount()).as("seed=" + seed).isZero();
      Await.until(() -> !readerRuns());
    }
    while (sockets.stream().anyMatch(TestReactor::turnNow)) {
      // What was left to do finds nothing.
    }
    assertThat(descriptors()).as("seed=" + seed).hasSize(before);
  }

  @Test
  void socket_leftAlone_readsForItselfAgain() {
    End left = end(reactor());
    End right = end(left.reactor());
    End other = end(reactor());
    left.send(right, 1);
    right.await(1);
    other.carrier().close();
    Await.until(() -> !readerRuns());
    left.send(right, 2);
    right.await(2);
    assertThat(right.values()).containsExactly(1, 2);
  }

  @Test
  void packets_ofAnyBytes_harmNobody() {
    End left = end(reactor());
    End right = end(reactor());
    long seed = Long.getLong("aeon.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int number = 0; number < 500; number++) {
      left.send(right, random.nextInt(), Integer.BYTES + random.nextInt(3_000));
      PeerAddress anyPort = new PeerAddress(right.address().address(), random.nextInt(65_536), 0);
      left.send(new End(right.reactor(), right.carrier(), right.received(), anyPort), number);
    }
    left.send(right, 1_000_000);
    while (right.values().stream().noneMatch(value -> value == 1_000_000)) {
      assertThat(right.reactor().turn()).as("seed=" + seed).isTrue();
    }
  }

  /** The queue of who does not read is full, and stays with what it has. */
  @Test
  void endpoint_flooded_takesNothingFromAnother() {
    End busy = end(reactor());
    End other = end(reactor());
    End sender = end(reactor());
    for (int number = 0; number < 40; number++) {
      for (int packet = 0; packet < 100; packet++) {
        sender.send(busy, packet, 1_000);
      }
      int expected = number + 1;
      sender.send(other, number);
      other.await(expected);
    }
    assertThat(other.values()).hasSize(40).isSorted();
    busy.await(READ_AHEAD);
    while (busy.reactor().turnNow()) {
      // Takes what there is.
    }
    assertThat(busy.received().count()).isLessThanOrEqualTo(2 * HandedOver.MAX_COUNT);
  }

  /** Beyond what a program of the kernel's names one by one. */
  @ParameterizedTest
  @ValueSource(ints = {190, 300})
  void endpoints_moreThanTheFilterNames_areServedAll(int count) throws IOException {
    TestReactor reactor = reactor();
    for (int number = 0; number < count; number++) {
      end(reactor);
    }
    for (int number = 0; number < count; number++) {
      ends.getFirst().send(ends.get(number), number);
      ends.get(number).await(1);
    }
    assertThat(rawDescriptorCount()).isEqualTo(1);
  }
}
