package dev.aeon.spoke.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server speaks beside HTTP begins and ends with it. */
class BesideHttpTest {
  @TempDir Path storage;

  @Test
  void server_asEmbedded_speaksHttpAlone() {
    try (SpokeServer server = SpokeServer.start(SpokeServerConfig.embedded(storage))) {
      assertThat(server.feed()).isEmpty();
      assertThat(server.grpcPort()).isEmpty();
    }
  }

  @Test
  void feedAndReflection_listenUntilTheServerIsClosed() throws IOException {
    int grpcPort;
    try (SpokeServer server = SpokeServer.start(config())) {
      grpcPort = server.grpcPort().orElseThrow();
      assertThat(server.feed().orElseThrow()).startsWith("tcp://127.0.0.1:");
      new Socket(InetAddress.getLoopbackAddress(), grpcPort).close();
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), grpcPort))
        .isInstanceOf(IOException.class);
  }

  @Test
  void feed_whereItCannotListen_keepsTheServerFromStarting() {
    try (SpokeServer first = SpokeServer.start(config())) {
      SpokeServerConfig same = config().withFeed(first.feed().orElseThrow());
      assertThatThrownBy(() -> SpokeServer.start(same))
          .isInstanceOfSatisfying(
              SpokeException.class,
              e -> assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_REQUEST));
    }
  }

  private SpokeServerConfig config() {
    return SpokeServerConfig.embedded(storage).withFeed("tcp://127.0.0.1:0").withGrpcPort(0);
  }
}
