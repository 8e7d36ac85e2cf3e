package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that break the rules of HTTP or WebSocket; frames are masked with a key of zeros. */
class HostileWebSocketTest extends HostileConnectionContract {
  private static final String KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  private static final String PROTOCOL = "Sec-WebSocket-Protocol: pull.sp.nanomsg.org\r\n";
  private static final String HOST = "Host: localhost\r\n";
  private static final String REQUEST = "GET /x HTTP/1.1\r\n";
  private static final String NO_MASK = "00000000";

  @Override
  String freshUrl() {
    return "ws://127.0.0.1:0/x";
  }

  private RawPeer upgraded() throws IOException {
    RawPeer peer = RawPeer.connect(url());
    peer.text(REQUEST + HOST + UPGRADE + KEY + VERSION + PROTOCOL + "\r\n");
    assertThat(peer.head()).startsWith("HTTP/1.1 101 ");
    return peer;
  }

  private void assertRefused(String status, String reason, String head) throws IOException {
    try (RawPeer peer = RawPeer.connect(url())) {
      peer.text(head + "\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 " + status);
      peer.drain();
    }
    assertOnlyClosedFor(reason);
  }

  @Test
  void upgrade_proper_isAnswered() throws IOException {
    try (RawPeer peer = RawPeer.connect(url())) {
      peer.text(REQUEST + HOST + UPGRADE + KEY + VERSION + PROTOCOL + "\r\n");
      assertThat(peer.head())
          .contains("Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n")
          .contains("Sec-WebSocket-Protocol: pull.sp.nanomsg.org\r\n");
    }
  }

  @Test
  void upgrade_withoutTarget_isOfTheRoot() throws IOException {
    assertRefused(
        "404",
        "MALFORMED_GREETING",
        "GET  HTTP/1.1\r\n" + HOST + UPGRADE + KEY + VERSION + PROTOCOL);
  }

  @Test
  void upgrade_ofAnotherProtocol_isRefused() throws IOException {
    String protocol = PROTOCOL.replace("pull", "push");
    assertRefused("400", "WRONG_PROTOCOL", REQUEST + HOST + UPGRADE + KEY + VERSION + protocol);
  }

  @ParameterizedTest
  @CsvSource({
    "404, GET /y HTTP/1.1",
    "405, POST /x HTTP/1.1",
    "400, GET /x",
    "400, GET /x HTTP/one",
    "400, GET /x HTTP/-1.1",
    "400, nonsense"
  })
  void request_wrong_isRefused(String status, String line) throws IOException {
    assertRefused(
        status, "MALFORMED_GREETING", line + "\r\n" + HOST + UPGRADE + KEY + VERSION + PROTOCOL);
  }

  @Test
  void upgrade_withoutOneOfItsHeaders_isRefused() throws IOException {
    String[] headers = {HOST, UPGRADE, KEY, VERSION, PROTOCOL};
    for (String missing : headers) {
      try (RawPeer peer = RawPeer.connect(url())) {
        String all = String.join("", headers);
        peer.text(REQUEST + all.replace(missing, "") + "\r\n");
        assertThat(peer.head()).matches("(?s)HTTP/1.1 4\\d\\d .*");
      }
    }
    Await.until(() ->
        pull.statistics().closesByReason().values().stream().mapToLong(count -> count).sum()
            == headers.length);
    assertThat(pull.statistics().pipesOpened()).isZero();
  }

  @Test
  void head_withoutEnd_closesAtTheLimit() throws IOException {
    try (RawPeer peer = RawPeer.connect(url())) {
      peer.text(REQUEST + "X: " + "x".repeat(9000));
      peer.drain();
    }
    assertOnlyClosedFor("MALFORMED_GREETING");
  }

  @Test
  void head_cutShortAtAnyByte_neverOpens() throws IOException {
    String head = REQUEST + HOST + UPGRADE + KEY + VERSION + PROTOCOL + "\r\n";
    for (int end = 0; end < head.length(); end += 7) {
      try (RawPeer peer = RawPeer.connect(url())) {
        peer.text(head.substring(0, end));
      }
    }
    assertThatServiceGoesOn();
    assertThat(pull.statistics().pipesOpened()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8201" + "41", // not masked
        "8180" + NO_MASK, // text
        "8380" + NO_MASK, // reserved opcode
        "c280" + NO_MASK, // reserved bit
        "8080" + NO_MASK, // continues nothing
        "0280" + NO_MASK + "8280" + NO_MASK, // begins within a message
        "0980" + NO_MASK, // split ping
        "89fe007e" + NO_MASK, // long ping
        "82fe007d" + NO_MASK, // length not as short as can be
        "82ff000000000000ffff" + NO_MASK
      })
  void frame_malformed_closes(String hex) throws IOException {
    try (RawPeer peer = upgraded()) {
      peer.hex(hex);
      peer.drain();
    }
    assertOnlyClosedFor("MALFORMED_FRAME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "82ff0000000001000001",
        "82ff0000000080000000",
        "82ff7fffffffffffffff",
        "82ff8000000000000000",
        "82ffffffffffffffffff"
      })
  void frame_lengthAboveTheLimit_closes(String hex) throws IOException {
    try (RawPeer peer = upgraded()) {
      peer.hex(hex + NO_MASK);
      peer.drain();
    }
    assertOnlyClosedFor("TOO_LARGE");
  }

  @Test
  void fragments_aboveTheLimitTogether_close() throws IOException {
    pull.set(SpOptions.MAX_RECEIVE_SIZE, 3L);
    try (RawPeer peer = upgraded()) {
      peer.hex("0282" + NO_MASK + "4141" + "8082" + NO_MASK + "4141");
      peer.drain();
    }
    Await.closed(pull, "TOO_LARGE");
  }

  @Test
  void fragments_withPingsBetween_areOneMessageAndThePingsAnswered() throws IOException {
    try (RawPeer peer = upgraded()) {
      peer.hex("0281" + NO_MASK + "41" + "8982" + NO_MASK + "7069");
      peer.hex("0080" + NO_MASK + "8081" + NO_MASK + "42");
      assertThat(pull.receive().toByteArray()).containsExactly(0x41, 0x42);
      assertThat(HexFormat.of().formatHex(peer.read(4))).isEqualTo("8a027069");
    }
  }

  @Test
  void masked_isUnmasked() throws IOException {
    try (RawPeer peer = upgraded()) {
      peer.hex("8285" + "37fa213d" + "7f9f4d5158"); // RFC 6455, 5.7: "Hello"
      assertThat(new String(pull.receive().toByteArray(), StandardCharsets.US_ASCII))
          .isEqualTo("Hello");
    }
  }

  @Test
  void close_isAnsweredAndEndsThePipe() throws IOException {
    try (RawPeer peer = upgraded()) {
      peer.hex("8882" + NO_MASK + "03e8");
      assertThat(HexFormat.of().formatHex(peer.read(4))).isEqualTo("880203e8");
      peer.drain();
    }
    assertOnlyClosedFor("PEER_CLOSED");
  }

  @Test
  void frame_dribbledSlowerThanTheLeastProgress_closes() throws IOException {
    pull.set(SpOptions.STALL_TIMEOUT, Duration.ofMillis(100));
    try (RawPeer peer = upgraded()) {
      peer.hex("82ff0000000000100000" + NO_MASK);
      peer.drip(() -> LockSupport.parkNanos(1_000_000));
    }
    assertOnlyClosedFor("STALLED");
  }
}
