package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameDecoderTest {
  private static final int MIB = 1 << 20;

  private static byte[] body(int byteSize) {
    byte[] body = new byte[byteSize];
    new Random(byteSize).nextBytes(body);
    return body;
  }

  private static byte[] frame(Framing framing, byte[] body) {
    Packet packet = Packet.copyOf(MemorySegment.ofArray(body));
    framing.encode(packet.memory(), packet.start(), packet.byteSize());
    byte[] frame =
        packet
            .memory()
            .asSlice(
                packet.start() - framing.prefixByteSize(),
                packet.byteSize() + framing.prefixByteSize())
            .toArray(ValueLayout.JAVA_BYTE);
    packet.release();
    return frame;
  }

  private static byte[] take(Packet packet) {
    byte[] body = packet.body().toArray(ValueLayout.JAVA_BYTE);
    packet.release();
    return body;
  }

  private static void arrive(ReceiveBuffer buffer, byte[] bytes, int from, int count) {
    assertThat(buffer.makeRoom()).isGreaterThanOrEqualTo(count);
    MemorySegment.copy(bytes, from, buffer.memory(), ValueLayout.JAVA_BYTE, buffer.limit(), count);
    buffer.arrived(count);
  }

  /** Feeds {@code bytes} in pieces and returns the only packet that they make. */
  private static Packet feed(FrameDecoder decoder, byte[] bytes, int pieceByteSize)
      throws MalformedException {
    try (ReceiveBuffer buffer = new ReceiveBuffer(64 << 10)) {
      Packet packet = null;
      for (int from = 0; from < bytes.length; from += pieceByteSize) {
        assertThat(packet).isNull();
        arrive(buffer, bytes, from, Math.min(pieceByteSize, bytes.length - from));
        packet = decoder.decode(buffer);
      }
      return packet;
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void decode_anySize_roundTrips(Framing framing) throws MalformedException {
    for (int byteSize : new int[] {0, 1, 176, 177, 65_536, MIB, MIB + 1, 3 * MIB}) {
      try (FrameDecoder decoder = new FrameDecoder(framing, 0)) {
        byte[] body = body(byteSize);
        assertThat(take(feed(decoder, frame(framing, body), 60_000))).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void decode_oneByteAtATime_roundTrips(Framing framing) throws MalformedException {
    try (FrameDecoder decoder = new FrameDecoder(framing, 0)) {
      byte[] body = body(300);
      assertThat(take(feed(decoder, frame(framing, body), 1))).isEqualTo(body);
      assertThat(take(feed(decoder, frame(framing, body), 1))).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void decode_truncatedAtEveryIndex_givesNothing(Framing framing) throws MalformedException {
    byte[] whole = frame(framing, body(40));
    for (int count = 0; count < whole.length; count++) {
      try (FrameDecoder decoder = new FrameDecoder(framing, 0);
          ReceiveBuffer buffer = new ReceiveBuffer(1024)) {
        arrive(buffer, whole, 0, count);
        assertThat(decoder.decode(buffer)).isNull();
        assertThat(decoder.isMidMessage(buffer)).isEqualTo(count > 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void decode_severalInOneBuffer_comeOneByOne(Framing framing) throws MalformedException {
    byte[] first = frame(framing, body(5));
    byte[] second = frame(framing, body(6));
    try (FrameDecoder decoder = new FrameDecoder(framing, 0);
        ReceiveBuffer buffer = new ReceiveBuffer(1024)) {
      arrive(buffer, first, 0, first.length);
      arrive(buffer, second, 0, second.length);
      assertThat(take(decoder.decode(buffer))).isEqualTo(body(5));
      assertThat(take(decoder.decode(buffer))).isEqualTo(body(6));
      assertThat(decoder.decode(buffer)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void decode_hostileLength_isRefusedBeforeAllocation(Framing framing) {
    for (long length : new long[] {1025, MIB, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      try (FrameDecoder decoder = new FrameDecoder(framing, 1024)) {
        byte[] bytes = frame(framing, new byte[0]);
        java.nio.ByteBuffer.wrap(bytes).putLong(bytes.length - 8, length);
        assertThatThrownBy(() -> feed(decoder, bytes, bytes.length))
            .isInstanceOfSatisfying(
                MalformedException.class, e -> assertThat(e.kind()).isEqualTo(Malformed.TOO_LARGE))
            .hasMessageContaining("limit=1024");
      }
    }
  }

  @Test
  void decode_hugeLengthWithoutLimit_allocatesOnePieceOnly() throws MalformedException {
    byte[] bytes = frame(Framing.TCP, new byte[0]);
    java.nio.ByteBuffer.wrap(bytes).putLong(0, 1L << 50);
    try (FrameDecoder decoder = new FrameDecoder(Framing.TCP, 0)) {
      assertThat(feed(decoder, bytes, bytes.length)).isNull();
      assertThat(decoder.directTarget().byteSize()).isEqualTo(PacketPool.MAX_BYTE_SIZE);
    }
  }

  @Test
  void decode_largeBodiesOneAfterTheOther_areEachWhole() throws MalformedException {
    try (FrameDecoder decoder = new FrameDecoder(Framing.IPC, 0)) {
      for (int byteSize : new int[] {100_000, 3 * MIB, 70_000, 2 * MIB + 5}) {
        byte[] body = body(byteSize);
        assertThat(take(feed(decoder, frame(Framing.IPC, body), 60_000))).isEqualTo(body);
      }
    }
  }

  @Test
  void decode_lengthAtTheLimit_isAccepted() throws MalformedException {
    try (FrameDecoder decoder = new FrameDecoder(Framing.IPC, 100)) {
      assertThat(take(feed(decoder, frame(Framing.IPC, body(100)), 7))).isEqualTo(body(100));
    }
  }

  @Test
  void decode_ipcTypeOtherThanOne_isRefused() {
    byte[] bytes = frame(Framing.IPC, body(3));
    for (int type = 0; type < 256; type++) {
      bytes[0] = (byte) type;
      try (FrameDecoder decoder = new FrameDecoder(Framing.IPC, 0)) {
        if (type != 1) {
          assertThatThrownBy(() -> feed(decoder, bytes, bytes.length))
              .isInstanceOf(MalformedException.class)
              .hasMessageContaining("type=" + (bytes[0] & 0xff));
        }
      }
    }
  }

  private static byte[] reference(long place, long byteSize) {
    return java.nio.ByteBuffer.allocate(17).put((byte) 2).putLong(byteSize).putLong(place).array();
  }

  @Test
  void decode_referenceInPieces_claimsTheBodyOnce() throws MalformedException {
    for (int pieces : new int[] {1, 8, 9, 16, 17}) {
      List<String> claims = new ArrayList<>();
      LentBodies bodies =
          (place, byteSize) -> {
            claims.add(place + " " + byteSize);
            return Packet.allocate(byteSize);
          };
      try (FrameDecoder decoder = new FrameDecoder(Framing.IPC, 100, bodies)) {
        assertThat(take(feed(decoder, reference(7, 50), pieces))).hasSize(50);
        assertThat(claims).containsExactly("7 50");
      }
    }
  }

  @Test
  void decode_referenceToABodyAboveTheLimit_isRefusedBeforeItIsClaimed() {
    LentBodies bodies =
        (place, byteSize) -> {
          throw new AssertionError("claimed");
        };
    try (FrameDecoder decoder = new FrameDecoder(Framing.IPC, 100, bodies)) {
      assertThatThrownBy(() -> feed(decoder, reference(0, 101), 17))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("limit=100");
    }
  }
}
