package dev.aeon.sp.transport.rawip;

import dev.aeon.sp.transport.datagram.PeerAddress;
import dev.aeon.sp.transport.datagram.PeerNames;
import dev.aeon.sp.transport.tcp.TcpAddress;
import java.net.InetSocketAddress;

/**
 * Addresses as URLs of one scheme.
 *
 * @param suffix what follows the port
 */
record UrlNames(String scheme, InetSocketAddress localAddress, String suffix) implements PeerNames {
  @Override
  public String local() {
    return url(localAddress);
  }

  @Override
  public String of(PeerAddress peer) {
    return url(PeerAddresses.toSocketAddress(peer));
  }

  private String url(InetSocketAddress address) {
    return scheme + "://" + address(address);
  }

  /** What follows {@code scheme://}. */
  String address(InetSocketAddress address) {
    return TcpAddress.format(address) + suffix;
  }
}
