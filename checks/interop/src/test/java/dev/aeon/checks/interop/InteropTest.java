package dev.aeon.checks.interop;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pattern with every C library, in either role, over every transport, whoever listens. */
@DisplayName("Conversations in messages of 0 bytes to 16 MiB")
@ExtendWith(InteropTable.class)
class InteropTest {
  @TempDir Path folder;

  static Stream<Cell> cells() {
    return Cell.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void conversation_inEverySize_arrivesUnchanged(Cell cell) {
    String url = cell.transport().fresh(folder);
    try (Peer ours = AeonPeer.open(cell.ours());
        Peer theirs = cell.library().open(cell.ours().counterpart())) {
      cell.connect(ours, theirs, url);
      Conversation.hold(cell.ours(), ours, theirs);
    }
  }
}
