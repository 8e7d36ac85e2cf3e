package dev.aeon.sp.transport.datagram;

import static dev.aeon.sp.transport.datagram.SessionFixture.SECOND;
import static dev.aeon.sp.transport.datagram.SessionFixture.SETTINGS;
import static dev.aeon.sp.transport.datagram.SessionFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that nobody of good will sends. */
class HostilePacketTest {
  private static final int PAIR0 = 0x10;
  private static final PeerAddress STRANGER = new PeerAddress(new byte[] {10, 9, 9, 9}, 99, 0);

  private final SessionFixture fixture = new SessionFixture(3);
  private final MemorySegment memory = Arena.ofAuto().allocate(4_096);
  private final ChecksumGuard guard = new ChecksumGuard();

  /** A packet with a right checksum, its content what {@link #memory} has from byte 24 on. */
  private byte[] sealed(int kindAndFlags, long session, long number, int contentByteSize) {
    PacketLayout.write(memory, 0, kindAndFlags, PAIR0, session, number);
    int byteSize = guard.seal(memory, 0, PacketLayout.BYTE_SIZE + contentByteSize);
    return memory.asSlice(0, byteSize).toArray(ValueLayout.JAVA_BYTE);
  }

  private void toListener(PeerAddress from, byte[] packet) {
    fixture.network.deliver(from, fixture.listenerCarrier.address, packet);
  }

  private byte[] lastSentByDialer() {
    return fixture.dialerCarrier.sent.getLast();
  }

  /** The listener's session as the dialer's packets name it. */
  private long listenerSession() {
    return PacketLayout.session(MemorySegment.ofArray(lastSentByDialer()), 0);
  }

  private void assertStillWorks() {
    fixture.listener.received.clear();
    fixture.dialer.send(body(1, 5_000));
    fixture.run(5 * SECOND);
    assertThat(fixture.listener.received).containsExactly(body(1, 5_000));
  }

  @Test
  void hello_withoutCookie_keepsNoState() {
    fixture.listen(SETTINGS);
    for (int number = 1; number <= 10_000; number++) {
      new Greeting(number, 1, 1).write(memory, PacketLayout.BYTE_SIZE);
      toListener(STRANGER, sealed(PacketLayout.HELLO, 0, 0, Greeting.BYTE_SIZE));
    }
    assertThat(fixture.listener.announcedCount()).isZero();
    assertThat(fixture.network.time.pendingCount()).isLessThanOrEqualTo(10_000);
    fixture.run(60 * SECOND);
    assertThat(fixture.network.time.pendingCount()).isZero();
  }

  @Test
  void helloAnswer_isNeverLargerThanTheQuestion() {
    fixture.listen(SETTINGS);
    new Greeting(7, 1, 1).write(memory, PacketLayout.BYTE_SIZE);
    byte[] hello = sealed(PacketLayout.HELLO, 0, 0, Greeting.BYTE_SIZE);
    toListener(STRANGER, hello);
    assertThat(fixture.listenerCarrier.sent).hasSize(1);
    assertThat(fixture.listenerCarrier.sent.getFirst().length).isLessThanOrEqualTo(hello.length);
  }

  @Test
  void cookie_ofAnotherAddress_opensNothing() {
    fixture.connect(SETTINGS);
    List<byte[]> hellos =
        fixture.dialerCarrier.sent.stream()
            .filter(
                packet -> PacketLayout.kind(MemorySegment.ofArray(packet), 0) == PacketLayout.HELLO)
            .toList();
    assertThat(hellos).hasSizeGreaterThanOrEqualTo(2);
    hellos.forEach(hello -> toListener(STRANGER, hello));
    assertThat(fixture.listener.announcedCount()).isEqualTo(1);
  }

  @Test
  void packets_ofAStrangerWithTheRightSession_areNotTaken() {
    fixture.connect(SETTINGS);
    toListener(STRANGER, sealed(PacketLayout.DISCONNECT, listenerSession(), 1_000, 1));
    assertThat(fixture.endpoint.counters().unknownSession()).isEqualTo(1);
    assertStillWorks();
  }

  @Test
  void packetsReplayed_deliverNothingTwice() {
    fixture.connect(SETTINGS);
    fixture.dialer.send(body(1, 100));
    fixture.run(SECOND);
    for (byte[] packet : List.copyOf(fixture.dialerCarrier.sent)) {
      toListener(fixture.dialerCarrier.address, packet);
    }
    fixture.run(SECOND);
    assertThat(fixture.listener.received).hasSize(1);
    assertStillWorks();
  }

  @Test
  void packetsMutated_withoutChecksum_areDroppedAndCounted() {
    fixture.connect(SETTINGS);
    fixture.dialer.send(body(1, 1_000));
    fixture.run(SECOND);
    fixture.listener.received.clear();
    Random random = new Random(17);
    List<byte[]> real = List.copyOf(fixture.dialerCarrier.sent);
    for (int round = 0; round < 5_000; round++) {
      byte[] packet = real.get(random.nextInt(real.size())).clone();
      packet[random.nextInt(packet.length)] ^= (byte) (1 + random.nextInt(255));
      toListener(fixture.dialerCarrier.address, packet);
    }
    assertThat(fixture.endpoint.counters().malformed()).isGreaterThan(3_000);
    assertThat(fixture.listener.received).isEmpty();
    assertStillWorks();
  }

  @Test
  void packetsTruncated_atEveryIndex_areDropped() {
    fixture.connect(SETTINGS);
    fixture.dialer.send(body(1, 300));
    fixture.run(SECOND);
    for (byte[] packet : List.copyOf(fixture.dialerCarrier.sent)) {
      for (int byteSize = 0; byteSize < packet.length; byteSize++) {
        toListener(fixture.dialerCarrier.address, java.util.Arrays.copyOf(packet, byteSize));
      }
    }
    assertStillWorks();
  }

  /** Rules that a packet with a right checksum can break; each ends its session, and no other. */
  enum Violation {
    ACK_OF_WHAT_WAS_NEVER_SENT(PacketLayout.TRANSFER | PacketLayout.HAS_ACK, 40) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, 1L << 40);
        memory.set(PacketLayout.SHORT, at + 30, (short) 1);
        memory.set(PacketLayout.INT, at + 36, 1);
      }
    },
    ACK_CUT_OFF(PacketLayout.TRANSFER | PacketLayout.HAS_ACK, 31) {
      @Override
      void write(MemorySegment memory, long at) {}
    },
    PART_WITHOUT_POSITION(PacketLayout.TRANSFER, 7) {
      @Override
      void write(MemorySegment memory, long at) {}
    },
    PART_BEYOND_CREDIT(PacketLayout.TRANSFER, 20) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, 1L << 40);
      }
    },
    PART_AT_NEGATIVE_POSITION(PacketLayout.TRANSFER, 20) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, -5);
      }
    },
    PART_OVERFLOWING_POSITION(PacketLayout.TRANSFER, 20) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, Long.MAX_VALUE - 3);
      }
    },
    LENGTH_CUT(PacketLayout.TRANSFER, 12) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, 0);
      }
    },
    LENGTH_NEGATIVE(PacketLayout.TRANSFER, 16) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, 0);
        memory.set(PacketLayout.LONG, at + 8, -1);
      }
    },
    LENGTH_ABOVE_LIMIT(PacketLayout.TRANSFER, 16) {
      @Override
      void write(MemorySegment memory, long at) {
        memory.set(PacketLayout.LONG, at, 0);
        memory.set(PacketLayout.LONG, at + 8, 1L << 40);
      }
    };

    private final int kindAndFlags;
    private final int byteSize;

    Violation(int kindAndFlags, int byteSize) {
      this.kindAndFlags = kindAndFlags;
      this.byteSize = byteSize;
    }

    abstract void write(MemorySegment memory, long at);
  }

  @ParameterizedTest
  @EnumSource
  void violation_ofAKnownPeer_endsTheSession(Violation violation) {
    fixture.connect(SETTINGS);
    memory.fill((byte) 0);
    violation.write(memory, PacketLayout.BYTE_SIZE);
    toListener(
        fixture.dialerCarrier.address,
        sealed(violation.kindAndFlags, listenerSession(), 1_000, violation.byteSize));
    assertThat(fixture.listener.said).hasSize(2);
    assertThat(fixture.listener.said.get(1)).isIn("closed MALFORMED_FRAME", "closed TOO_LARGE");
    fixture.run(SECOND);
    assertThat(fixture.dialer.said).containsExactly("opened", "closed PEER_CLOSED");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyContent_ofAKnownPeer_isTakenOrEndsTheSession(long seed) {
    Random random = new Random(seed);
    byte[] content = new byte[200];
    for (int round = 0; round < 200; round++) {
      SessionFixture each = new SessionFixture(seed).connect(SETTINGS);
      long session =
          PacketLayout.session(MemorySegment.ofArray(each.dialerCarrier.sent.getLast()), 0);
      for (int packet = 0; packet < 20; packet++) {
        random.nextBytes(content);
        MemorySegment.copy(
            content, 0, memory, ValueLayout.JAVA_BYTE, PacketLayout.BYTE_SIZE, content.length);
        byte[] bytes =
            sealed(random.nextInt(256), session, random.nextInt(100), random.nextInt(200));
        each.network.deliver(each.dialerCarrier.address, each.listenerCarrier.address, bytes);
      }
      assertThat(each.listener.said).hasSizeLessThanOrEqualTo(2);
    }
  }
}
