package dev.aeon.checks.bench.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** What messages travel over. */
public enum TransportKind {
  inproc {
    @Override
    public String newUrl() {
      return "inproc://bench-" + System.nanoTime();
    }
  },
  /** A Unix socket, and nothing else. */
  ipc {
    @Override
    public String newUrl() {
      return "ipc://" + newPath();
    }

    @Override
    public void forget(String url) {
      deleteIfExists(Path.of(url.substring("ipc://".length())));
    }
  },
  tcp {
    @Override
    public String newUrl() {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return "tcp://127.0.0.1:" + probe.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  /** Memory that two processes share. */
  shm {
    @Override
    public String newUrl() {
      return "shm://" + newPath();
    }

    @Override
    public void forget(String url) {
      deleteIfExists(Path.of(url.substring("shm://".length())));
    }
  },
  /** Datagrams of UDP, made reliable. */
  udp {
    @Override
    public String newUrl() {
      try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        return "udp+sp://127.0.0.1:" + probe.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** A URL that nobody listens on. */
  public abstract String newUrl();

  /** Removes what a system that does not clean up left of {@code url}. */
  public void forget(String url) {}

  private static String newPath() {
    return "/tmp/aeon-bench-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  private static void deleteIfExists(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
