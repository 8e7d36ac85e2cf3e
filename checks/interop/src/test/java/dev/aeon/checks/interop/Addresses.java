package dev.aeon.checks.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Fresh addresses of each transport. */
enum Addresses {
  IPC {
    @Override
    String fresh(Path folder) {
      return "ipc://" + folder.resolve("s");
    }
  },
  TCP {
    @Override
    String fresh(Path folder) {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + probe.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  abstract String fresh(Path folder);
}
