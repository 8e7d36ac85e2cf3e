package dev.aeon.sp;

class WebSocketSocketTest extends SocketContract {
  @Override
  String freshUrl() {
    return "ws://127.0.0.1:0/contract";
  }
}
