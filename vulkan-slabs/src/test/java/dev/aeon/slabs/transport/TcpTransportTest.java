package dev.aeon.slabs.transport;

class TcpTransportTest extends TransportContract {
  @Override
  String url() {
    return "tcp://127.0.0.1:0";
  }
}
