package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.Message;
import dev.aeon.sp.RepContext;
import dev.aeon.sp.RepSocket;
import dev.aeon.sp.ReqContext;
import dev.aeon.sp.ReqSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many conversations on one socket of ours, with sockets of theirs. */
@DisplayName("Contexts")
@ExtendWith(InteropTable.class)
class ContextTest {
  private static final Duration TIMEOUT = Duration.ofMillis(Peer.TIMEOUT_MILLIS);
  private static final int REQUESTS = 32;
  private static final int PEERS = 8;
  @TempDir Path folder;

  static Stream<Cell> asking() {
    return Cell.all().filter(cell -> cell.ours() == Pattern.REQ);
  }

  static Stream<Cell> answering() {
    return Cell.all().filter(cell -> cell.ours() == Pattern.REP);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("asking")
  void requests_ofManyContexts_eachGetTheirOwnReply(Cell cell) {
    try (ReqSocket ours = ReqSocket.open();
        Peer theirs = cell.library().open(Pattern.REP)) {
      cell.connect(new AeonPeer(ours), theirs, cell.transport().fresh(folder));
      List<ReqContext> contexts = Stream.generate(ours::openContext).limit(REQUESTS).toList();
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        sent.add(contexts.get(i).sendAsync(Message.copyOf(body(i))));
      }
      for (int i = 0; i < REQUESTS; i++) {
        theirs.send(theirs.receive(Peer.TIMEOUT_MILLIS));
      }
      assertThat(sent).allSatisfy(CompletableFuture::join);
      for (int i = REQUESTS - 1; i >= 0; i--) {
        assertThat(receive(contexts.get(i))).isEqualTo(body(i));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answering")
  void requestsOfManyPeers_answeredInReverse_eachGetTheirOwnReply(Cell cell) {
    List<Peer> theirs =
        Stream.generate(() -> cell.library().open(Pattern.REQ)).limit(PEERS).toList();
    try (RepSocket ours = RepSocket.open()) {
      connectAll(cell, new AeonPeer(ours), theirs);
      for (int i = 0; i < PEERS; i++) {
        theirs.get(i).send(body(i));
      }
      answerInReverse(Stream.generate(ours::openContext).limit(PEERS).toList());
      for (int i = 0; i < PEERS; i++) {
        assertThat(theirs.get(i).receive(Peer.TIMEOUT_MILLIS)).isEqualTo(body(i));
      }
    } finally {
      theirs.forEach(Peer::close);
    }
  }

  private void connectAll(Cell cell, Peer ours, List<Peer> theirs) {
    if (cell.weListen()) {
      String url = cell.transport().fresh(folder);
      ours.listen(url);
      theirs.forEach(peer -> peer.dial(url));
      return;
    }
    for (int i = 0; i < theirs.size(); i++) {
      cell.connect(ours, theirs.get(i), cell.transport().fresh(folder, "s" + i));
    }
  }

  /** Takes a request in each context, then sends them back, the last first. */
  private static void answerInReverse(List<RepContext> contexts) {
    List<Message> requests = contexts.stream().map(context -> context.receive(TIMEOUT)).toList();
    for (int i = requests.size() - 1; i >= 0; i--) {
      contexts.get(i).send(requests.get(i));
    }
  }

  private static byte[] receive(ReqContext context) {
    try (Message message = context.receive(TIMEOUT)) {
      return message.toByteArray();
    }
  }

  private static byte[] body(int i) {
    return ("conversation " + i).getBytes(UTF_8);
  }
}
