package dev.aeon.checks.bench.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** What messages travel over. */
public enum TransportKind {
  inproc {
    @Override
    String newUrl() {
      return "inproc://bench-" + System.nanoTime();
    }
  },
  ipc {
    @Override
    String newUrl() {
      return "ipc:///tmp/aeon-bench-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    }
  },
  tcp {
    @Override
    String newUrl() {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + probe.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** A URL that nobody listens on. */
  abstract String newUrl();
}
