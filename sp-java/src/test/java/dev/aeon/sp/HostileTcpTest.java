package dev.aeon.sp;

class HostileTcpTest extends HostilePeerContract {
  @Override
  String freshUrl() {
    return "tcp://127.0.0.1:0";
  }

  @Override
  String frameType() {
    return "";
  }
}
