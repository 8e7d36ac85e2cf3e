package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pattern with every C library, over every transport, whoever listens. */
@ExtendWith(InteropTable.class)
class InteropTest {
  @TempDir Path folder;

  record Cell(Pattern ours, PeerLibrary library, Addresses transport, boolean weListen) {
    @Override
    public String toString() {
      return "%-5s %-5s %-8s %s"
          .formatted(ours, transport, library, weListen ? "we listen" : "they listen");
    }
  }

  static Stream<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (PeerLibrary library : PeerLibrary.values()) {
      for (Addresses transport : Addresses.values()) {
        for (Pattern ours : Pattern.values()) {
          cells.add(new Cell(ours, library, transport, true));
          cells.add(new Cell(ours, library, transport, false));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void conversation_inEverySize_arrivesUnchanged(Cell cell) {
    String url = cell.transport().fresh(folder);
    try (Peer ours = AeonPeer.open(cell.ours());
        Peer theirs = cell.library().open(cell.ours().counterpart())) {
      (cell.weListen() ? ours : theirs).listen(url);
      (cell.weListen() ? theirs : ours).dial(url);
      Conversation.hold(cell.ours(), ours, theirs);
    }
  }

  static Stream<Cell> restarts() {
    return cells().filter(cell -> cell.ours() == Pattern.PUSH || cell.ours() == Pattern.PULL);
  }

  @ParameterizedTest(name = "restart {0}")
  @MethodSource("restarts")
  void conversation_afterThePeerRestarted_goesOn(Cell cell) {
    String url = cell.transport().fresh(folder);
    try (Peer ours = AeonPeer.open(cell.ours())) {
      if (cell.weListen()) {
        ours.listen(url);
      } else {
        ours.dial(url);
      }
      for (int life = 0; life < 3; life++) {
        try (Peer theirs = cell.library().open(cell.ours().counterpart())) {
          if (cell.weListen()) {
            theirs.dial(url);
          } else {
            theirs.listen(url);
          }
          Peer pusher = cell.ours() == Pattern.PUSH ? ours : theirs;
          Peer puller = cell.ours() == Pattern.PUSH ? theirs : ours;
          byte[] body = ("life " + life).getBytes(UTF_8);
          assertThat(pushUntilReceived(pusher, puller, body)).isEqualTo(body);
        }
      }
    }
  }

  /** A message that was given to a dying connection is lost, as in every implementation. */
  private static byte[] pushUntilReceived(Peer pusher, Peer puller, byte[] body) {
    IllegalStateException lost = new IllegalStateException("nothing was received");
    for (int attempt = 0; attempt < 10; attempt++) {
      pusher.send(body);
      try {
        return puller.receive(Peer.TIMEOUT_MILLIS / 10);
      } catch (RuntimeException e) {
        lost.addSuppressed(e);
      }
    }
    throw lost;
  }
}
