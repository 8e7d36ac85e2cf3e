package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class UdpCarrierTest extends CarrierContract {
  @Override
  CarrierSocket open(InetSocketAddress local) {
    return UdpSockets.open(local);
  }

  @Override
  InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  @Test
  void port_thatNobodyHas_isToldToWhoSendsThere() {
    CarrierSocket nobody = open(anyPort());
    InetSocketAddress address = nobody.local();
    nobody.close();
    Received received = new Received();
    try (SocketCarrier carrier = carrier(open(anyPort()).connected(address), received)) {
      for (int packet = 0; packet < 2; packet++) {
        long byteOffset = carrier.reserve(1);
        carrier.memory().set(ValueLayout.JAVA_BYTE, byteOffset, (byte) 1);
        carrier.queue(PeerAddresses.of(address), 1);
        carrier.flush();
      }
      assertThat(reactor().turn()).isTrue();
      assertThat(received.refusedCount).isPositive();
    }
  }
}
