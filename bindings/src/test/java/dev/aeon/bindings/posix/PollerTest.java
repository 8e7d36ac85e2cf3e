package dev.aeon.bindings.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PollerTest {
  @Test
  void wakeUp_signalled_isReadableUntilDrained() {
    try (Poller poller = Poller.open();
        WakeUp wakeUp = WakeUp.open()) {
      poller.add(wakeUp.fd(), Poller.READABLE, 7);
      assertThat(poller.poll(0)).isZero();
      wakeUp.signal();
      wakeUp.signal();
      assertThat(poller.poll(-1)).isEqualTo(1);
      assertThat(poller.token(0)).isEqualTo(7);
      assertThat(poller.events(0)).isEqualTo(Poller.READABLE);
      assertThat(wakeUp.drain()).isTrue();
      assertThat(wakeUp.drain()).isFalse();
      assertThat(poller.poll(0)).isZero();
    }
  }

  @Test
  void wakeUp_neverSignalled_timesOut() {
    try (WakeUp wakeUp = WakeUp.open()) {
      assertThat(wakeUp.await(1)).isFalse();
      wakeUp.signal();
      assertThat(wakeUp.await(-1)).isTrue();
    }
  }

  @Test
  void tcpConnection_toAListener_isWritableWithoutError() {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Poller poller = Poller.open();
        Descriptor listener = TcpSocket.listen(anyPort, 1)) {
      InetSocketAddress bound = TcpSocket.localAddress(listener);
      assertThat(bound.getPort()).isPositive();
      try (Descriptor client = TcpSocket.connect(bound)) {
        poller.add(client.fd(), Poller.WRITABLE, 1);
        assertThat(poller.poll(-1)).isEqualTo(1);
        assertThat(Sockets.pendingError(client.fd())).isZero();
        assertThat(TcpSocket.remoteAddress(client)).isEqualTo(bound);
        TcpSocket.setNoDelay(client, true);
        TcpSocket.setKeepAlive(client, true);
      }
    }
  }

  @Test
  void add_ofAClosedDescriptor_throws() {
    try (Poller poller = Poller.open()) {
      WakeUp wakeUp = WakeUp.open();
      int fd = wakeUp.fd();
      wakeUp.close();
      assertThatThrownBy(() -> poller.add(fd, Poller.READABLE, 0))
          .isInstanceOf(NativeCallException.class)
          .hasMessageContaining("EBADF");
      assertThatThrownBy(wakeUp::fd).isInstanceOf(IllegalStateException.class);
    }
  }
}
