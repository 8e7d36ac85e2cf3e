package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.rawip.RawIpTransport;
import java.net.InetAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawIpTransportTest extends TransportContract {
  private static final int PROTOCOL = 254;

  private final Transport transport = new RawIpTransport();

  @BeforeEach
  void assumePrivileged() {
    try {
      DatagramSockets.openRaw(InetAddress.getLoopbackAddress(), PROTOCOL).close();
    } catch (NativeCallException e) {
      assumeTrue(e.errno() != Errno.EPERM, "raw sockets need CAP_NET_RAW");
    }
  }

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "127.0.0.1:0/" + PROTOCOL;
  }

  /** Nothing answers where nobody listens but the handshake's end. */
  @Override
  void configure(CoreSettings settings) {
    settings.handshakeNanos = 1_000_000_000;
  }

  @Test
  void listen_ipv6_isReached() {
    TransportListener listener =
        listeningHost().call(() -> transport.listen("[::1]:0/254", listeningHost()));
    listeningHost().closing(listener);
    dialingHost().run(() -> transport.connect(listener.address(), dialingHost()));
    assertThat(dialingHost().next()).isEqualTo("opened");
    assertThat(listeningHost().next()).isEqualTo("opened");
  }
}
