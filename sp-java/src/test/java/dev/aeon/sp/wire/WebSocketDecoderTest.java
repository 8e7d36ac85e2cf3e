package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketDecoderTest implements WebSocketDecoder.Control {
  private static final int KEY = 0x37fa213d;

  private final List<String> control = new ArrayList<>();

  @Override
  public void ping(byte[] payload) {
    control.add("ping " + HexFormat.of().formatHex(payload));
  }

  @Override
  public void closed(byte[] payload) {
    control.add("closed " + HexFormat.of().formatHex(payload));
  }

  private static byte[] body(int byteSize) {
    byte[] body = new byte[byteSize];
    new Random(byteSize).nextBytes(body);
    return body;
  }

  private static byte[] frame(byte[] body, boolean masked) {
    Packet packet = Packet.copyOf(MemorySegment.ofArray(body));
    int headerByteSize = WebSocketHeader.byteSizeFor(body.length, masked);
    if (masked) {
      WebSocketHeader.encodeMasked(packet.memory(), packet.start(), 2, body.length, true, KEY);
      Masking.apply(packet.memory(), packet.start(), body.length, KEY, 0);
    } else {
      WebSocketHeader.encode(packet.memory(), packet.start(), 2, body.length, true);
    }
    byte[] frame =
        packet
            .memory()
            .asSlice(packet.start() - headerByteSize, headerByteSize + body.length)
            .toArray(ValueLayout.JAVA_BYTE);
    packet.release();
    return frame;
  }

  /** Frames of a message cut into fragments of random sizes, with pings between. */
  private static byte[] fragments(byte[] body, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int offset = 0;
    boolean isLast = false;
    for (int opcode = 2; !isLast; opcode = 0) {
      int count = Math.min(random.nextInt(100_000), body.length - offset);
      isLast = offset + count == body.length && random.nextBoolean();
      byte[] whole = frame(Arrays.copyOfRange(body, offset, offset + count), false);
      whole[0] = (byte) ((isLast ? 0x80 : 0) | opcode);
      out.writeBytes(whole);
      out.writeBytes(new byte[] {(byte) 0x89, 0});
      offset += count;
    }
    return out.toByteArray();
  }

  private WebSocketDecoder decoder(boolean masked) {
    return new WebSocketDecoder(masked, 0, this);
  }

  /** Feeds {@code bytes} in pieces and returns the bodies that they make. */
  private static List<byte[]> feed(WebSocketDecoder decoder, byte[] bytes, int pieceByteSize)
      throws MalformedException {
    List<byte[]> bodies = new ArrayList<>();
    try (ReceiveBuffer buffer = new ReceiveBuffer(64 << 10)) {
      for (int from = 0; from < bytes.length; from += pieceByteSize) {
        int count = Math.min(pieceByteSize, bytes.length - from);
        assertThat(buffer.makeRoom()).isGreaterThanOrEqualTo(count);
        MemorySegment.copy(
            bytes, from, buffer.memory(), ValueLayout.JAVA_BYTE, buffer.limit(), count);
        buffer.arrived(count);
        takeAll(decoder, buffer, bodies);
      }
    }
    return bodies;
  }

  private static void takeAll(WebSocketDecoder decoder, ReceiveBuffer buffer, List<byte[]> bodies)
      throws MalformedException {
    for (Packet packet = decoder.decode(buffer); packet != null; packet = decoder.decode(buffer)) {
      bodies.add(packet.body().toArray(ValueLayout.JAVA_BYTE));
      packet.release();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decode_anySize_roundTrips(boolean masked) throws MalformedException {
    for (int byteSize :
        new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 1 << 20, (1 << 20) + 1, 3 << 20}) {
      try (WebSocketDecoder decoder = decoder(masked)) {
        byte[] body = body(byteSize);
        assertThat(feed(decoder, frame(body, masked), 60_000)).containsExactly(body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decode_oneByteAtATime_roundTrips(boolean masked) throws MalformedException {
    for (int byteSize : new int[] {0, 1, 9, 126, 70_000}) {
      try (WebSocketDecoder decoder = decoder(masked)) {
        byte[] body = body(byteSize);
        assertThat(feed(decoder, frame(body, masked), 1)).containsExactly(body);
      }
    }
  }

  @Test
  void decode_truncatedAnywhere_waitsForMore() throws MalformedException {
    byte[] frame = frame(body(200), true);
    for (int end = 0; end < frame.length; end++) {
      try (WebSocketDecoder decoder = decoder(true)) {
        assertThat(feed(decoder, Arrays.copyOf(frame, end), 64)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void decode_fragmentsOfAnySize_areOneMessage(long seed) throws MalformedException {
    Random random = new Random(seed);
    byte[] body = body(random.nextInt(2_000_000));
    try (WebSocketDecoder decoder = decoder(false)) {
      byte[] frames = fragments(body, random);
      assertThat(feed(decoder, frames, 1 + random.nextInt(60_000))).containsExactly(body);
    }
    assertThat(control).isNotEmpty().containsOnly("ping ");
  }

  @Test
  void decode_straightIntoTheBody_unmasks() throws MalformedException {
    byte[] body = body(300_000);
    byte[] frame = frame(body, true);
    int early = 1000;
    List<byte[]> bodies = new ArrayList<>();
    try (WebSocketDecoder decoder = decoder(true);
        ReceiveBuffer buffer = new ReceiveBuffer(64 << 10)) {
      MemorySegment.copy(frame, 0, buffer.memory(), ValueLayout.JAVA_BYTE, 0, early);
      buffer.arrived(early);
      takeAll(decoder, buffer, bodies);
      for (int from = early; from < frame.length; ) {
        int count = (int) Math.min(decoder.directRoom(), 7777);
        MemorySegment.copy(
            frame,
            from,
            decoder.directTarget(),
            ValueLayout.JAVA_BYTE,
            decoder.directByteOffset(),
            count);
        decoder.directArrived(count);
        from += count;
      }
      takeAll(decoder, buffer, bodies);
    }
    assertThat(bodies).containsExactly(body);
  }

  @Test
  void decode_afterClose_takesNothingMore() throws MalformedException {
    byte[] frames = HexFormat.of().parseHex("880203e8" + "820141" + "ffff");
    try (WebSocketDecoder decoder = decoder(false)) {
      assertThat(feed(decoder, frames, 64)).isEmpty();
      assertThat(decoder.isClosed()).isTrue();
    }
    assertThat(control).containsExactly("closed 03e8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8180",
        "8300",
        "c200",
        "8000",
        "02008200",
        "0900",
        "897e007e",
        "827e007d",
        "827f000000000000ffff",
        "897fffffffffffffffff",
        "8280"
      })
  void decode_malformed_isToldAtOnce(String hex) {
    try (WebSocketDecoder decoder = decoder(false)) {
      byte[] bytes = HexFormat.of().parseHex(hex + "00000000");
      assertThatThrownBy(() -> feed(decoder, bytes, 64))
          .isInstanceOfSatisfying(
              MalformedException.class, e -> assertThat(e.kind()).isEqualTo(Malformed.FRAME_TYPE));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void decode_noise_neverFailsOtherwiseThanAsMalformed(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      try (WebSocketDecoder decoder = new WebSocketDecoder(random.nextBoolean(), 1 << 20, this)) {
        feed(decoder, noise, 1 + random.nextInt(50));
      } catch (MalformedException e) {
        assertThat(e.kind()).isIn(Malformed.FRAME_TYPE, Malformed.TOO_LARGE);
      }
    }
  }

  @Test
  void masking_anyPart_isItsOwnInverse() {
    byte[] plain = body(100);
    for (int offset = 0; offset < 12; offset++) {
      Packet packet = Packet.copyOf(MemorySegment.ofArray(plain));
      Masking.apply(packet.memory(), packet.start(), plain.length, KEY, 0);
      Masking.apply(packet.memory(), packet.start(), offset, KEY, 0);
      Masking.apply(packet.memory(), packet.start() + offset, plain.length - offset, KEY, offset);
      assertThat(packet.body().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(plain);
      packet.release();
    }
  }
}
