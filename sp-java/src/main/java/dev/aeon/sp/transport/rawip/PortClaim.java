package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.UnixAddress;
import dev.aeon.bindings.posix.UnixSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The kernel knows no ports of raw sockets: whoever uses one holds an abstract Unix name for as
 * long, which each network namespace has once.
 */
final class PortClaim {
  static final int FIRST_FREE_PORT = 49_152;

  private static final int END = 65_536;
  private static final int MAX_ATTEMPT_COUNT = 256;

  private PortClaim() {}

  /**
   * Claims a port.
   *
   * @throws NativeCallException {@code EADDRINUSE} where another holds it
   */
  static Descriptor of(int protocol, int port) {
    String name = "aeon/ip/%d/%d".formatted(protocol, port);
    return UnixSocket.listen(UnixAddress.ofAbstract(name.getBytes(StandardCharsets.US_ASCII)), 1);
  }

  /** A port that nobody holds, and its claim. */
  record Free(int port, Descriptor claim) {}

  /**
   * Claims any port.
   *
   * @throws NativeCallException {@code EADDRINUSE} where nearly all are taken
   */
  static Free any(int protocol) {
    for (int left = MAX_ATTEMPT_COUNT; ; left--) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_FREE_PORT, END);
      try {
        return new Free(port, of(protocol, port));
      } catch (NativeCallException e) {
        if (e.errno() != Errno.EADDRINUSE || left == 0) {
          throw e;
        }
      }
    }
  }
}
