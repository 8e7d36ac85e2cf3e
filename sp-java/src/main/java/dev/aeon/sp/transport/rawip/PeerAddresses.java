package dev.aeon.sp.transport.rawip;

import dev.aeon.sp.transport.datagram.PeerAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Between the addresses of packets and Java's. */
final class PeerAddresses {
  private PeerAddresses() {}

  /** IPv4 in the dress of IPv6 becomes IPv4. */
  static InetSocketAddress toSocketAddress(PeerAddress peer) {
    try {
      InetAddress ip =
          peer.scope() != 0
              ? Inet6Address.getByAddress(null, peer.address(), peer.scope())
              : InetAddress.getByAddress(peer.address());
      return new InetSocketAddress(ip, peer.port());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 octets is legal", e);
    }
  }

  /** No address in particular, of the same version of IP, and any port. */
  static InetSocketAddress anyLike(InetSocketAddress address) {
    boolean isIpv6 = address.getAddress() instanceof Inet6Address;
    return new InetSocketAddress(InetAddress.ofLiteral(isIpv6 ? "::" : "0.0.0.0"), 0);
  }

  static PeerAddress of(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    int scope = ip instanceof Inet6Address ip6 ? ip6.getScopeId() : 0;
    return new PeerAddress(ip.getAddress(), address.getPort(), scope);
  }
}
