package dev.aeon.checks.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Fresh addresses of each transport. */
enum Addresses {
  IPC {
    @Override
    String fresh(Path folder, String name) {
      return "ipc://" + folder.resolve(name);
    }
  },
  ABSTRACT {
    @Override
    String fresh(Path folder, String name) {
      return "abstract://aeon-interop-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }
  },
  TCP {
    @Override
    String fresh(Path folder, String name) {
      return "tcp://127.0.0.1:" + freePort("127.0.0.1");
    }
  },
  TCP6 {
    @Override
    String fresh(Path folder, String name) {
      return "tcp6://[::1]:" + freePort("::1");
    }
  },
  TLS {
    @Override
    String fresh(Path folder, String name) {
      return "tls+tcp://127.0.0.1:" + freePort("127.0.0.1");
    }
  },
  WS {
    @Override
    String fresh(Path folder, String name) {
      return "ws://127.0.0.1:" + freePort("127.0.0.1");
    }
  },
  WSS {
    @Override
    String fresh(Path folder, String name) {
      return "wss://127.0.0.1:" + freePort("127.0.0.1");
    }
  };

  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  /** An address that nothing is bound to; {@code name} tells those of one test apart. */
  abstract String fresh(Path folder, String name);

  final String fresh(Path folder) {
    return fresh(folder, "s");
  }

  /** Whether libnanomsg has this transport, as libnng has all. */
  boolean isKnownToNanomsg() {
    return this == IPC || this == TCP || this == WS;
  }

  /** Each port is given once, and none that the system gives to connections of its own accord. */
  private static int freePort(String host) {
    int port = nextPort();
    while (!isFree(host, port)) {
      port = nextPort();
    }
    return port;
  }

  private static int nextPort() {
    return FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
  }

  private static boolean isFree(String host, int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return probe.isBound();
    } catch (BindException inUse) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
