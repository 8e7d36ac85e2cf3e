package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that break the rules of SP's own mapping, over every transport that uses it. */
abstract class HostilePeerContract extends HostileConnectionContract {
  static final String GREETING_OF_PUSH = "0053500000500000";
  private static final String GREETING_OF_REQ = "0053500000300000";
  private static final String GREETING_OF_REP = "0053500000310000";
  private static final int GREETING_BYTE_SIZE = 8;

  /** What comes before a frame's length. */
  abstract String frameType();

  RawPeer connect(String url) throws IOException {
    return RawPeer.connect(url);
  }

  final String frame(String length, String body) {
    return frameType() + length + body;
  }

  private void assertClosedFor(String reason, String hex) throws IOException {
    try (RawPeer peer = connect(url())) {
      peer.hex(hex);
      assertThat(peer.drain()).isEqualTo(GREETING_BYTE_SIZE);
    }
    assertOnlyClosedFor(reason);
  }

  /** Else a close with bytes unread is a reset, which takes what was sent with it. */
  private static void readGreeting(RawPeer peer) throws IOException {
    assertThat(peer.read(GREETING_BYTE_SIZE)).hasSize(GREETING_BYTE_SIZE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0054500000500000",
        "0153500000500000",
        "0053510000500000",
        "0053500100500000",
        "0053500000500001",
        "0053500000500100",
        "ffffffffffffffff",
        "0000000000000000"
      })
  void greeting_wrongMagicVersionOrReservedBits_closes(String greeting) throws IOException {
    assertClosedFor("MALFORMED_GREETING", greeting);
  }

  @Test
  void greeting_ofHttp_closes() throws IOException {
    assertClosedFor(
        "MALFORMED_GREETING",
        HexFormat.of().formatHex("GET / HT".getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {GREETING_OF_REQ, "0053500000510000", "0053500000000000", "005350007fff0000"})
  void greeting_ofAnotherProtocol_closes(String greeting) throws IOException {
    assertClosedFor("WRONG_PROTOCOL", greeting);
  }

  @Test
  void greeting_cutShort_closesWithoutOpening() throws IOException {
    for (int count = 0; count < GREETING_BYTE_SIZE; count++) {
      try (RawPeer peer = connect(url())) {
        peer.hex(GREETING_OF_PUSH.substring(0, 2 * count));
        peer.halfClose();
        peer.drain();
      }
    }
    Await.until(
        () -> Long.valueOf(8).equals(pull.statistics().closesByReason().get("PEER_CLOSED")));
    assertThat(pull.statistics().pipesOpened()).isZero();
    assertThatServiceGoesOn();
  }

  @Test
  void greeting_neverFinished_closesAtTheLimit() throws IOException {
    pull.set(SpOptions.HANDSHAKE_TIMEOUT, Duration.ofMillis(500));
    assertClosedFor("HANDSHAKE_TIMEOUT", "00535000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000001000001",
        "0000000080000000",
        "7fffffffffffffff",
        "8000000000000000",
        "ffffffffffffffff"
      })
  void frame_lengthAboveTheLimit_closes(String length) throws IOException {
    assertClosedFor("TOO_LARGE", GREETING_OF_PUSH + frame(length, ""));
  }

  @Test
  void frame_lengthNeverKept_costsNothingAndCloses() throws IOException {
    pull.set(SpOptions.MAX_RECEIVE_SIZE, 0L);
    pull.set(SpOptions.STALL_TIMEOUT, Duration.ofMillis(50));
    assertClosedFor("STALLED", GREETING_OF_PUSH + frame("0000ffffffffffff", "41"));
  }

  @Test
  void frame_dribbledSlowerThanTheLeastProgress_closes() throws IOException {
    pull.set(SpOptions.STALL_TIMEOUT, Duration.ofMillis(100));
    try (RawPeer peer = connect(url())) {
      peer.hex(GREETING_OF_PUSH + frame("0000000000100000", ""));
      peer.drip(() -> LockSupport.parkNanos(1_000_000));
    }
    assertOnlyClosedFor("STALLED");
  }

  @Test
  void frame_cutShortAtAnyByte_neverReachesTheApplication() throws IOException {
    String whole = frame("0000000000000004", "41424344");
    long cuts = 0;
    for (int end = 2; end < whole.length(); end += 2) {
      try (RawPeer peer = connect(url())) {
        peer.hex(GREETING_OF_PUSH + whole.substring(0, end));
        readGreeting(peer);
      }
      cuts++;
    }
    Map<String, Long> expected = Map.of("PEER_CLOSED", cuts);
    Await.until(() -> pull.statistics().closesByReason().equals(expected));
    assertThat(pull.statistics().messagesReceived()).isZero();
    assertThatServiceGoesOn();
  }

  @Test
  void frames_oneByteAtATime_arrive() throws IOException {
    String hex = GREETING_OF_PUSH + frame("0000000000000002", "4142");
    try (RawPeer peer = connect(url())) {
      for (int index = 0; index < hex.length(); index += 2) {
        peer.hex(hex.substring(index, index + 2));
      }
      assertThat(pull.receive().toByteArray()).containsExactly(0x41, 0x42);
    }
  }

  @Test
  void frames_empty_areMessages() throws IOException {
    try (RawPeer peer = connect(url())) {
      peer.hex(GREETING_OF_PUSH + frame("0000000000000000", "").repeat(3));
      for (int count = 0; count < 3; count++) {
        assertThat(pull.receive().toByteArray()).isEmpty();
      }
    }
  }

  /** Which are read ahead of the application, one and then the next. */
  @Test
  void frames_beforeOneThatIsMalformed_areReceivedAndThenItCloses() throws IOException {
    try (RawPeer peer = connect(url())) {
      peer.hex(
          GREETING_OF_PUSH
              + frame("0000000000000001", "41").repeat(3)
              + frame("7fffffffffffffff", ""));
      for (int count = 0; count < 3; count++) {
        assertThat(pull.receive().toByteArray()).containsExactly(0x41);
      }
      readGreeting(peer);
    }
    assertOnlyClosedFor("TOO_LARGE");
  }

  @Test
  void request_tooShortForItsHeader_closes() throws IOException {
    try (RepSocket rep = RepSocket.open()) {
      configure(rep);
      try (RawPeer peer = connect(rep.listen(freshUrl()).url())) {
        peer.hex(GREETING_OF_REQ + frame("0000000000000003", "800000"));
        assertThat(peer.drain()).isEqualTo(GREETING_BYTE_SIZE);
      }
      Await.closed(rep, "MALFORMED_HEADER");
    }
  }

  @Test
  void request_withoutEndBit_closes() throws IOException {
    try (RepSocket rep = RepSocket.open()) {
      configure(rep);
      try (RawPeer peer = connect(rep.listen(freshUrl()).url())) {
        peer.hex(GREETING_OF_REQ + frame("0000000000000008", "0000000100000002"));
        assertThat(peer.drain()).isEqualTo(GREETING_BYTE_SIZE);
      }
      Await.closed(rep, "MALFORMED_HEADER");
    }
  }

  @Test
  void request_ofMoreHopsThanAllowed_isDroppedAndTheNextAnswered() throws IOException {
    try (RepSocket rep = RepSocket.open()) {
      configure(rep);
      try (RawPeer peer = connect(rep.listen(freshUrl()).url())) {
        peer.hex(GREETING_OF_REQ + frame("0000000000000028", "00000001".repeat(9) + "80000001"));
        peer.hex(frame("0000000000000005", "8000000241"));
        try (Message request = rep.receive()) {
          assertThat(request.toByteArray()).containsExactly(0x41);
        }
        assertThat(rep.statistics().messagesDropped()).isEqualTo(1);
      }
    }
  }

  @Test
  void reply_tooShortForItsHeader_closes() throws IOException {
    try (ReqSocket req = ReqSocket.open()) {
      configure(req);
      try (RawPeer peer = connect(req.listen(freshUrl()).url())) {
        peer.hex(GREETING_OF_REP + frame("0000000000000003", "800000"));
        assertThat(peer.drain()).isEqualTo(GREETING_BYTE_SIZE);
      }
      Await.closed(req, "MALFORMED_HEADER");
    }
  }

  @Test
  void messages_ofPeerThatHungUp_areAllReceived() throws IOException {
    try (RawPeer peer = connect(url())) {
      peer.hex(GREETING_OF_PUSH + frame("0000000000000001", "41").repeat(10_000));
      readGreeting(peer);
    }
    for (int index = 0; index < 10_000; index++) {
      try (Message message = pull.receive()) {
        assertThat(message.byteSize()).isEqualTo(1);
      }
    }
    Await.closed(pull, "PEER_CLOSED");
  }

  @Test
  void request_halfClosedAfterwards_isStillAnswered() throws IOException {
    try (RepSocket rep = RepSocket.open()) {
      configure(rep);
      try (RawPeer peer = connect(rep.listen(freshUrl()).url())) {
        peer.hex(GREETING_OF_REQ + frame("0000000000000005", "8000000141"));
        peer.halfClose();
        rep.send(rep.receive());
        int frameByteSize = frame("0000000000000005", "8000000141").length() / 2;
        assertThat(peer.drain()).isEqualTo(GREETING_BYTE_SIZE + frameByteSize);
      }
    }
  }
}
