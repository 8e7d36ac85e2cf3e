package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileIpcTest extends HostilePeerContract {
  private final AtomicInteger numbers = new AtomicInteger();

  @Override
  String freshUrl() {
    return "ipc://" + folder.resolve("s" + numbers.incrementAndGet());
  }

  @Override
  String frameType() {
    return "01";
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "02", "ff"})
  void frame_unknownType_closes(String type) throws IOException {
    try (RawPeer peer = connect(url())) {
      peer.hex(GREETING_OF_PUSH + type + "0000000000000001" + "41");
      assertThat(peer.drain()).isEqualTo(8);
    }
    assertOnlyClosedFor("MALFORMED_FRAME");
  }
}
