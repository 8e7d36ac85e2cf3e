package dev.aeon.sp.transport.tcp;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.sp.transport.TransportException;

/** What the system said about an address, as the transport's exception. */
final class TcpFailures {
  private TcpFailures() {}

  static TransportException of(String violation, String address, NativeCallException cause) {
    return new TransportException(
        kindOf(cause.errno()),
        "%s: errno=%s address=%s".formatted(violation, cause.errnoName(), address),
        cause);
  }

  private static TransportException.Kind kindOf(int errno) {
    return errno == Errno.EADDRINUSE
        ? TransportException.Kind.IN_USE
        : TransportException.Kind.SYSTEM;
  }
}
