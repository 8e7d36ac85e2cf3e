package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpcFileTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("s");
  }

  private String url() {
    return "ipc://" + file();
  }

  private ServerSocketChannel foreignListener() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(file()));
    return server;
  }

  @Test
  void listen_staleFile_isTakenOver() throws IOException {
    foreignListener().close();
    assertThat(file()).exists();
    try (PullSocket pull = PullSocket.open()) {
      pull.listen(url());
      try (PushSocket push = PushSocket.open()) {
        push.dial(url());
        push.send(new byte[1]);
        pull.receive().close();
      }
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void listen_liveFile_isRefusedAndLeftAlone() throws IOException {
    try (ServerSocketChannel live = foreignListener();
        PullSocket pull = PullSocket.open()) {
      assertThatThrownBy(() -> pull.listen(url()))
          .isInstanceOf(SpAddressException.class)
          .hasMessageContaining("in use");
      assertThat(live.isOpen()).isTrue();
      assertThat(file()).exists();
    }
  }

  @Test
  void listen_fileThatIsNoSocket_isRefusedAndLeftAlone() throws IOException {
    Files.writeString(file(), "precious");
    try (PullSocket pull = PullSocket.open()) {
      assertThatThrownBy(() -> pull.listen(url())).isInstanceOf(SpAddressException.class);
    }
    assertThat(file()).hasContent("precious");
  }

  @Test
  void listen_withPermissions_setsTheBitsOfTheFile() throws IOException {
    try (PullSocket pull = PullSocket.open()) {
      pull.set(SpOptions.IPC_PERMISSIONS, 0600);
      pull.listen(url());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void listen_missingFolder_isRefused() {
    try (PullSocket pull = PullSocket.open()) {
      assertThatThrownBy(() -> pull.listen("ipc://" + folder.resolve("no/such")))
          .isInstanceOf(SpAddressException.class)
          .hasMessageContaining("ENOENT");
    }
  }

  @Test
  void close_removesFile_butNotAnothersInItsPlace() throws IOException {
    PullSocket pull = PullSocket.open();
    pull.listen(url());
    assertThat(file()).exists();
    Files.delete(file());
    try (ServerSocketChannel other = foreignListener()) {
      pull.close();
      assertThat(file()).exists();
      assertThat(other.isOpen()).isTrue();
    }
  }
}
