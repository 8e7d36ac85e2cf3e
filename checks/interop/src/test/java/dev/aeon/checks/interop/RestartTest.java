package dev.aeon.checks.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same socket of ours through three lives of its peer. */
@DisplayName("After the peer closed and came back")
@ExtendWith(InteropTable.class)
class RestartTest {
  private static final int LIVES = 3;
  private static final long PAUSE_NANOS = 1_000_000;
  @TempDir Path folder;

  static Stream<Cell> cells() {
    return Cell.all().filter(cell -> cell.ours() == Pattern.PUSH || cell.ours() == Pattern.PULL);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void conversation_afterThePeerRestarted_goesOn(Cell cell) {
    String url = cell.transport().fresh(folder);
    try (Peer ours = AeonPeer.open(cell.ours())) {
      attach(ours, url, cell.weListen());
      for (int life = 0; life < LIVES; life++) {
        try (Peer theirs = cell.library().open(cell.ours().counterpart())) {
          attach(theirs, url, !cell.weListen());
          boolean wePush = cell.ours() == Pattern.PUSH;
          pushUntilReceived(wePush ? ours : theirs, wePush ? theirs : ours, "life " + life);
        }
      }
    }
  }

  private static void attach(Peer peer, String url, boolean listens) {
    if (listens) {
      listenWhenFree(peer, url);
    } else {
      peer.dial(url);
    }
  }

  /** libnng lets go of an address some time after the close of its socket has returned. */
  private static void listenWhenFree(Peer peer, String url) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Peer.TIMEOUT_MILLIS);
    while (true) {
      try {
        peer.listen(url);
        return;
      } catch (IllegalStateException inUse) {
        if (System.nanoTime() > deadline) {
          throw inUse;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /**
   * A message that was given to a dying connection is lost, as in every implementation; one that
   * was sent twice in an earlier life is passed over.
   */
  private static void pushUntilReceived(Peer pusher, Peer puller, String text) {
    byte[] body = text.getBytes(UTF_8);
    IllegalStateException lost = new IllegalStateException("nothing was received");
    for (int attempt = 0; attempt < Peer.ATTEMPTS; attempt++) {
      pusher.send(body);
      try {
        if (Arrays.equals(puller.receive(Peer.RETRY_MILLIS), body)) {
          return;
        }
      } catch (RuntimeException e) {
        lost.addSuppressed(e);
      }
    }
    throw lost;
  }
}
