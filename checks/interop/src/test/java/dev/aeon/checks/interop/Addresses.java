package dev.aeon.checks.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;

/** Fresh addresses of each transport. */
enum Addresses {
  IPC {
    @Override
    String fresh(Path folder, String name) {
      return "ipc://" + folder.resolve(name);
    }
  },
  TCP {
    @Override
    String fresh(Path folder, String name) {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + probe.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** An address that nothing is bound to; {@code name} tells those of one test apart. */
  abstract String fresh(Path folder, String name);

  final String fresh(Path folder) {
    return fresh(folder, "s");
  }

  /** Whether libnanomsg has this transport, as libnng has all. */
  boolean isKnownToNanomsg() {
    return this == IPC || this == TCP;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
