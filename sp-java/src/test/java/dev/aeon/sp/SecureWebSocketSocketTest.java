package dev.aeon.sp;

class SecureWebSocketSocketTest extends SocketContract {
  @Override
  String freshUrl() {
    return "wss://127.0.0.1:0/contract";
  }

  @Override
  void configure(SpSocket socket) {
    socket.set(SpOptions.TLS, TestCertificates.either());
  }
}
