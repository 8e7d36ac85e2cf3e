package dev.aeon.sp;

class UdpSocketTest extends SocketContract {
  @Override
  String freshUrl() {
    return "udp+sp://127.0.0.1:0";
  }
}
