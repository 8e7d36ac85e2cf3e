package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.tcp.TcpTransport;
import org.junit.jupiter.api.Test;

class Tcp4TransportTest extends TransportContract {
  private final Transport transport = new TcpTransport("tcp4", IpVersion.V4);

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "localhost:0";
  }

  @Test
  void check_addressOfTheOtherVersion_isRefused() {
    assertThatThrownBy(() -> transport.check("[::1]:80", Transport.Direction.DIAL))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("other version");
  }
}
