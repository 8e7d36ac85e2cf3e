package dev.aeon.sp.transport.tcp;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.TcpSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Which addresses a scheme may use. */
public enum IpVersion {
  EITHER,
  V4,
  V6;

  private boolean admits(InetAddress address) {
    return switch (this) {
      case EITHER -> true;
      case V4 -> address instanceof Inet4Address;
      case V6 -> address instanceof Inet6Address;
    };
  }

  /** Whether the address is a name, or a number of the right version. */
  boolean admitsLiteral(TcpAddress address) {
    InetSocketAddress literal = address.literal();
    return literal == null || admits(literal.getAddress());
  }

  /** Every address of the machine; {@link #EITHER} takes both versions. */
  InetAddress any() throws UnknownHostException {
    return InetAddress.ofLiteral(this == V4 ? "0.0.0.0" : "::");
  }

  /** The first address of {@code host} that is admitted. May block. */
  InetAddress resolve(String host) throws UnknownHostException {
    for (InetAddress each : InetAddress.getAllByName(host)) {
      if (admits(each)) {
        return each;
      }
    }
    throw new UnknownHostException(
        "host has no address of the version: version=%s host=%s".formatted(this, host));
  }

  Descriptor listen(InetSocketAddress address, int backlog) {
    return this == V6
        ? TcpSocket.listenV6Only(address, backlog)
        : TcpSocket.listen(address, backlog);
  }
}
