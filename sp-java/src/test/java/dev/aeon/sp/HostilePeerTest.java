package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that break the rules, as raw bytes on an ipc socket. */
@Timeout(30)
class HostilePeerTest {
  private static final String GREETING_OF_PUSH = "0053500000500000";
  private static final String GREETING_OF_REQ = "0053500000300000";

  @TempDir private Path folder;
  private Path path;
  private PullSocket pull;

  @BeforeEach
  void listen() {
    path = folder.resolve("s");
    pull = PullSocket.open();
  }

  @AfterEach
  void close() {
    pull.close();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    return channel;
  }

  private static void write(SocketChannel channel, String hex) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads until the other side closes, and returns how many bytes came. */
  private static int drain(SocketChannel channel) {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    int count = 0;
    try {
      for (int read = 0; read >= 0; read = channel.read(bytes.clear())) {
        count += read;
      }
    } catch (IOException e) {
      return count; // closed with bytes unread: a reset
    }
    return count;
  }

  private void assertClosedFor(String reason, String hex) throws IOException {
    pull.listen("ipc://" + path);
    try (SocketChannel channel = connect()) {
      write(channel, hex);
      assertThat(drain(channel)).isEqualTo(8);
    }
    Await.closed(pull, reason);
    assertThat(pull.statistics().closesByReason()).isEqualTo(Map.of(reason, 1L));
    assertThatServiceGoesOn();
  }

  private void assertThatServiceGoesOn() {
    try (PushSocket push = PushSocket.open()) {
      push.dial("ipc://" + path);
      push.send("fine".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(pull.receive().toByteArray(), StandardCharsets.UTF_8))
          .isEqualTo("fine");
    }
  }

  @Test
  void greeting_wrongMagic_closes() throws IOException {
    assertClosedFor("MALFORMED_GREETING", "0054500000500000");
  }

  @Test
  void greeting_wrongVersion_closes() throws IOException {
    assertClosedFor("MALFORMED_GREETING", "0053500100500000");
  }

  @Test
  void greeting_reservedNotZero_closes() throws IOException {
    assertClosedFor("MALFORMED_GREETING", "0053500000500001");
  }

  @Test
  void greeting_ofHttp_closes() throws IOException {
    assertClosedFor(
        "MALFORMED_GREETING",
        HexFormat.of().formatHex("GET / HT".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void greeting_wrongProtocol_closes() throws IOException {
    assertClosedFor("WRONG_PROTOCOL", GREETING_OF_REQ);
  }

  @Test
  void greeting_cutShort_closesWithoutOpening() throws IOException {
    pull.listen("ipc://" + path);
    for (int count = 0; count < 8; count++) {
      try (SocketChannel channel = connect()) {
        write(channel, GREETING_OF_PUSH.substring(0, 2 * count));
      }
    }
    Await.until(
        () -> Long.valueOf(8).equals(pull.statistics().closesByReason().get("PEER_CLOSED")));
    assertThat(pull.statistics().pipesOpened()).isZero();
    assertThatServiceGoesOn();
  }

  @Test
  void greeting_neverSent_closesAtTheLimit() throws IOException {
    pull.set(SpOptions.HANDSHAKE_TIMEOUT, Duration.ofMillis(50));
    assertClosedFor("HANDSHAKE_TIMEOUT", "00535000");
  }

  @Test
  void frame_unknownType_closes() throws IOException {
    assertClosedFor("MALFORMED_FRAME", GREETING_OF_PUSH + "02" + "0000000000000001" + "41");
  }

  @Test
  void frame_lengthAboveLimit_closes() throws IOException {
    assertClosedFor("TOO_LARGE", GREETING_OF_PUSH + "01" + "0000000001000001");
  }

  @Test
  void frame_hugeLength_closes() throws IOException {
    assertClosedFor("TOO_LARGE", GREETING_OF_PUSH + "01" + "ffffffffffffffff");
  }

  @Test
  void frame_lengthNeverKept_costsNothing() throws IOException {
    pull.set(SpOptions.MAX_RECEIVE_SIZE, 0L);
    pull.set(SpOptions.STALL_TIMEOUT, Duration.ofMillis(50));
    assertClosedFor("STALLED", GREETING_OF_PUSH + "01" + "0000ffffffffffff" + "41");
  }

  @Test
  void frame_cutShort_neverReachesTheApplication() throws IOException {
    pull.listen("ipc://" + path);
    try (SocketChannel channel = connect()) {
      write(channel, GREETING_OF_PUSH + "01" + "0000000000000004" + "4142");
    }
    Await.closed(pull, "PEER_CLOSED");
    assertThatServiceGoesOn();
  }

  @Test
  void frames_oneByteAtATime_arrive() throws IOException {
    pull.listen("ipc://" + path);
    String hex = GREETING_OF_PUSH + "01" + "0000000000000002" + "4142";
    try (SocketChannel channel = connect()) {
      for (int index = 0; index < hex.length(); index += 2) {
        write(channel, hex.substring(index, index + 2));
      }
      assertThat(pull.receive().toByteArray()).containsExactly(0x41, 0x42);
    }
  }

  @Test
  void request_tooShortForItsHeader_closes() throws IOException {
    try (RepSocket rep = RepSocket.open()) {
      rep.listen("ipc://" + path);
      try (SocketChannel channel = connect()) {
        write(channel, GREETING_OF_REQ + "01" + "0000000000000003" + "800000");
        assertThat(drain(channel)).isEqualTo(8);
      }
      Await.closed(rep, "MALFORMED_HEADER");
    }
  }

  @Test
  void request_halfClosedAfterwards_isStillAnswered() throws IOException {
    try (RepSocket rep = RepSocket.open()) {
      rep.listen("ipc://" + path);
      try (SocketChannel channel = connect()) {
        write(channel, GREETING_OF_REQ + "01" + "0000000000000005" + "8000000141");
        channel.shutdownOutput();
        rep.send(rep.receive());
        assertThat(drain(channel)).isEqualTo(8 + 9 + 5);
      }
    }
  }

  @Test
  void messages_ofPeerThatHungUp_areAllReceived() throws IOException {
    pull.listen("ipc://" + path);
    try (SocketChannel channel = connect()) {
      write(channel, GREETING_OF_PUSH + ("01" + "0000000000000001" + "41").repeat(10_000));
    }
    for (int index = 0; index < 10_000; index++) {
      try (Message message = pull.receive()) {
        assertThat(message.byteSize()).isEqualTo(1);
      }
    }
    Await.closed(pull, "PEER_CLOSED");
  }

  @Test
  void manyPeersThatLeave_doNotHarm() throws IOException {
    pull.listen("ipc://" + path);
    for (int index = 0; index < 200; index++) {
      connect().close();
    }
    assertThatServiceGoesOn();
  }
}
