package dev.aeon.sp.transport.rawip;

import dev.aeon.sp.transport.tcp.IpVersion;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * {@code udp+sp://host:port}: messages in UDP datagrams, reliable and in order. {@code *} listens
 * at every address of both versions of IP.
 */
public final class UdpTransport extends DatagramTransport {
  public UdpTransport() {
    super("udp+sp");
  }

  @Override
  DatagramAddress parse(String address) {
    return DatagramAddress.parseUdp(address);
  }

  @Override
  CarrierSocket listening(DatagramAddress address) throws UnknownHostException {
    return UdpSockets.open(address.host().resolve(IpVersion.EITHER));
  }

  @Override
  CarrierSocket dialing(DatagramAddress address, InetSocketAddress remote)
      throws UnknownHostException {
    @Nullable InetSocketAddress local = address.host().resolveLocal(IpVersion.EITHER);
    return UdpSockets.open(local != null ? local : PeerAddresses.anyLike(remote)).connected(remote);
  }

  @Override
  String suffix(DatagramAddress address) {
    return "";
  }
}
