package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.Sockets;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections and listeners that another program made. */
@Timeout(120)
class SocketUrlTest {
  @TempDir private Path folder;
  private UnixAddress address;

  @BeforeEach
  void nameAddress() {
    address = UnixAddress.ofPath(folder.resolve("s").toString());
  }

  /** A number that nobody owns any more but the socket it is given to. */
  private static int givenAway(int fd) {
    return fd;
  }

  @Test
  void connectedDescriptors_onBothSides_carryMessages() {
    try (Descriptor listener = UnixSocket.listen(address, 1);
        PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      int dialed = givenAway(UnixSocket.connect(address).fd());
      int accepted = givenAway(Sockets.accept(listener.fd()));
      push.dial("socket://" + dialed);
      pull.listen("socket://" + accepted);
      push.send(new byte[70_000]);
      try (Message message = pull.receive()) {
        assertThat(message.byteSize()).isEqualTo(70_000);
      }
    }
  }

  @Test
  void connectionThatEnded_isNotTakenAgain() {
    try (Descriptor listener = UnixSocket.listen(address, 1);
        PushSocket push = PushSocket.open()) {
      int dialed = givenAway(UnixSocket.connect(address).fd());
      Descriptor.own(Sockets.accept(listener.fd())).close();
      push.dial("socket://" + dialed);
      Await.closed(push, "CONNECT_FAILED");
      assertThat(push.statistics().closesByReason()).containsKey("PEER_CLOSED");
    }
  }

  @Test
  void listeningDescriptor_isTakenOver() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      Listener listener = pull.listener("ipc://" + folder.resolve("s"));
      listener.set(SpOptions.LISTEN_DESCRIPTOR, givenAway(UnixSocket.listen(address, 1).fd()));
      listener.start();
      push.dial(listener.url());
      push.send(new byte[3]);
      pull.receive().close();
    }
    assertThat(folder.resolve("s")).as("the file is its maker's").exists();
  }

  @Test
  void listeningDescriptor_ofAnotherFamily_isRefused() {
    try (Descriptor unix = UnixSocket.listen(address, 1);
        PullSocket pull = PullSocket.open()) {
      Listener listener = pull.listener("tcp://127.0.0.1:0");
      listener.set(SpOptions.LISTEN_DESCRIPTOR, unix.fd());
      assertThatThrownBy(listener::start)
          .isInstanceOf(SpAddressException.class)
          .hasMessageContaining("descriptor=" + unix.fd());
    }
  }

  @Test
  void descriptorThatIsNoSocket_isRefused() {
    try (PullSocket pull = PullSocket.open()) {
      assertThatThrownBy(() -> pull.listen("socket://2147483647"))
          .isInstanceOf(SpAddressException.class)
          .hasMessageContaining("EBADF");
    }
  }

  @ParameterizedTest
  @CsvSource({"socket://,9", "socket://7x,10", "socket://-1,9", "socket://2147483648,9"})
  void url_malformed_saysWhere(String url, int index) {
    try (PullSocket pull = PullSocket.open()) {
      assertThatThrownBy(() -> pull.listen(url))
          .isInstanceOfSatisfying(
              SpAddressException.class, e -> assertThat(e.index()).isEqualTo(index));
    }
  }
}
