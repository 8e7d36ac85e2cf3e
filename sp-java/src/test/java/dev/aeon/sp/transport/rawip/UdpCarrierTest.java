package dev.aeon.sp.transport.rawip;

import java.net.InetAddress;
import java.net.InetSocketAddress;

class UdpCarrierTest extends CarrierContract {
  @Override
  CarrierSocket open(InetSocketAddress local) {
    return UdpSockets.open(local);
  }

  @Override
  InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }
}
