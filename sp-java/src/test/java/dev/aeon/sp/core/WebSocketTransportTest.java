package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.ws.WebSocketTransport;

class WebSocketTransportTest extends TransportContract {
  private final Transport transport = WebSocketTransport.plain("ws", IpVersion.EITHER);

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "127.0.0.1:0/contract";
  }
}
