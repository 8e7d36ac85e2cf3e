package dev.aeon.sp;

class TlsSocketTest extends SocketContract {
  @Override
  String freshUrl() {
    return "tls+tcp://127.0.0.1:0";
  }

  @Override
  void configure(SpSocket socket) {
    socket.set(SpOptions.TLS, TestCertificates.either());
  }
}
