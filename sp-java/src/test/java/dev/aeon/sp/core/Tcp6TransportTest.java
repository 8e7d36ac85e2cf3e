package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.tcp.TcpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class Tcp6TransportTest extends TransportContract {
  private final Transport transport = new TcpTransport("tcp6", IpVersion.V6);

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "[::1]:0";
  }

  @Test
  void check_addressOfTheOtherVersion_isRefused() {
    assertThatThrownBy(() -> transport.check("127.0.0.1:80", Transport.Direction.DIAL))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("other version");
  }

  @Test
  void listen_everyAddress_leavesThePortOfTheOtherVersionFree() throws IOException {
    TransportListener listener =
        listeningHost().call(() -> transport.listen("*:0", listeningHost()));
    listeningHost().closing(listener);
    String address = listener.address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(other.getLocalPort()).isEqualTo(port);
    }
  }
}
