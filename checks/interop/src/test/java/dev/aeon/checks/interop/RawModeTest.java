package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Message;
import dev.aeon.sp.RawSocket;
import dev.aeon.sp.SpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw sockets, whose headers the test itself writes and reads, with sockets of theirs. */
@DisplayName("Raw mode")
@ExtendWith(InteropTable.class)
class RawModeTest {
  private static final Duration TIMEOUT = Duration.ofMillis(Peer.TIMEOUT_MILLIS);
  private static final int REQUEST_ID = 0x8000_1234;
  private static final byte[] BODY = "raw".getBytes(UTF_8);
  @TempDir Path folder;

  static Stream<Cell> asking() {
    return Cell.all().filter(cell -> cell.ours() == Pattern.REQ || cell.ours() == Pattern.SURVEYOR);
  }

  static Stream<Cell> answering() {
    return Cell.all()
        .filter(cell -> cell.ours() == Pattern.REP || cell.ours() == Pattern.RESPONDENT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("asking")
  void header_thatWeWrote_comesBackWithTheReply(Cell cell) {
    String url = cell.transport().fresh(folder);
    try (RawSocket ours = RawSocket.open(cell.ours().protocol);
        Peer theirs = cell.library().open(cell.ours().counterpart())) {
      cell.connect(new AeonPeer(ours), theirs, url);
      askUntilHeard(ours, theirs);
      theirs.send(BODY);
      try (Message reply = ours.receive(TIMEOUT)) {
        assertThat(reply.headerWordCount()).isEqualTo(1);
        assertThat(reply.headerWord(0)).isEqualTo(REQUEST_ID);
        assertThat(reply.toByteArray()).isEqualTo(BODY);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answering")
  void request_sentBackWithItsHeader_isAReply(Cell cell) {
    String url = cell.transport().fresh(folder);
    try (RawSocket ours = RawSocket.open(cell.ours().protocol);
        Peer theirs = cell.library().open(cell.ours().counterpart())) {
      cell.connect(new AeonPeer(ours), theirs, url);
      answerUntilHeard(ours, theirs);
    }
  }

  /** A survey that is sent before the other is connected is for nobody. */
  private static void askUntilHeard(RawSocket ours, Peer theirs) {
    for (int attempt = 0; attempt < Peer.ATTEMPTS; attempt++) {
      Message request = Message.copyOf(BODY);
      request.prependHeaderWord(REQUEST_ID);
      ours.send(request);
      try {
        assertThat(theirs.receive(Peer.RETRY_MILLIS)).isEqualTo(BODY);
        return;
      } catch (IllegalStateException notYet) {
        assertThat(attempt).as("attempts: %s", notYet).isLessThan(Peer.ATTEMPTS - 1);
      }
    }
  }

  /** An answer to what was asked again meanwhile is for nobody. */
  private static void answerUntilHeard(RawSocket ours, Peer theirs) {
    for (int attempt = 0; attempt < Peer.ATTEMPTS; attempt++) {
      theirs.send(BODY);
      try {
        answer(ours);
        assertThat(theirs.receive(Peer.RETRY_MILLIS)).isEqualTo(BODY);
        return;
      } catch (SpTimeoutException | IllegalStateException notYet) {
        assertThat(attempt).as("attempts: %s", notYet).isLessThan(Peer.ATTEMPTS - 1);
      }
    }
  }

  private static void answer(RawSocket ours) {
    Message request = ours.receive(Duration.ofMillis(Peer.RETRY_MILLIS));
    assertThat(request.headerWordCount()).isEqualTo(2);
    assertThat(request.headerWord(0)).as("pipe").isPositive();
    assertThat(request.headerWord(1)).as("id, with its end bit").isNegative();
    ours.send(request);
  }
}
