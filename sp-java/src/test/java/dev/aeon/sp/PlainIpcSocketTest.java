package dev.aeon.sp;

class PlainIpcSocketTest extends IpcSocketTest {
  @Override
  void configure(SpSocket socket) {
    socket.set(SpOptions.SHARED_MEMORY_SIZE, 0L);
  }
}
