package dev.aeon.sp.core;

/** As other implementations see it: messages stay on the socket. */
class PlainIpcTransportTest extends IpcTransportTest {
  @Override
  void configure(CoreSettings settings) {
    settings.sharedByteSize = 0;
  }
}
