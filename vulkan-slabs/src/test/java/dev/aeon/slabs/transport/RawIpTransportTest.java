package dev.aeon.slabs.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicInteger;

/** IP packets of their own over loopback, where this process may send them. */
class RawIpTransportTest extends TransportContract {
  private static final AtomicInteger PORT = new AtomicInteger(23_000);
  private static final boolean IS_ALLOWED = isAllowed();

  @Override
  String url() {
    assumeTrue(IS_ALLOWED, "raw sockets need CAP_NET_RAW or the helper");
    return nextUrl();
  }

  private static String nextUrl() {
    return "ip://127.0.0.1:%d/254".formatted(PORT.getAndIncrement());
  }

  private static boolean isAllowed() {
    try {
      Transports.bind(nextUrl(), ConnectionOptions.DEFAULT).close();
      return true;
    } catch (TransportException forbidden) {
      return false;
    }
  }
}
