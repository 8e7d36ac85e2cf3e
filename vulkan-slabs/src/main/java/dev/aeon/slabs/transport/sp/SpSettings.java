package dev.aeon.slabs.transport.sp;

import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpSocket;
import dev.aeon.sp.TlsConfig;

/** What both ends set on their sockets. */
final class SpSettings {
  private static final long MESSAGE_OVERHEAD_BYTES = 1 << 17;

  private SpSettings() {}

  static void apply(SpSocket socket, long readByteSize, String url, TlsConfig tls) {
    socket.set(SpOptions.MAX_RECEIVE_SIZE, readByteSize + MESSAGE_OVERHEAD_BYTES);
    if (url.startsWith("tls")) {
      socket.set(SpOptions.TLS, tls);
    }
  }
}
