package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.tcp.IpVersion;
import dev.aeon.sp.transport.ws.WebSocketTransport;

class SecureWebSocketTransportTest extends SecureTransportContract {
  private final Transport transport = WebSocketTransport.secure("wss", IpVersion.EITHER);

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "127.0.0.1:0/contract";
  }
}
