package dev.aeon.sp;

class TcpSocketTest extends SocketContract {
  @Override
  String freshUrl() {
    return "tcp://127.0.0.1:0";
  }
}
