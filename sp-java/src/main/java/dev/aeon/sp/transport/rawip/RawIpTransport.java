package dev.aeon.sp.transport.rawip;

import dev.aeon.sp.transport.tcp.IpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * {@code ip://host[:port][/protocol]}: messages in IP packets of a protocol number of their own,
 * reliable and in order; port 2530 and protocol 253 unless named. {@code *} listens at every IPv4
 * address, {@code [::]} at every IPv6 one. Needs {@code CAP_NET_RAW} or the program {@code
 * sp-raw-helper}.
 */
public final class RawIpTransport extends DatagramTransport {
  private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");

  public RawIpTransport() {
    super("ip");
  }

  @Override
  DatagramAddress parse(String address) {
    return DatagramAddress.parseRaw(address);
  }

  @Override
  CarrierSocket listening(DatagramAddress address) throws UnknownHostException {
    InetSocketAddress local =
        address.host().isAny()
            ? new InetSocketAddress(ANY, address.host().port())
            : address.host().resolve(IpVersion.EITHER);
    return RawSockets.open(local, address.protocol());
  }

  @Override
  CarrierSocket dialing(DatagramAddress address, InetSocketAddress remote)
      throws UnknownHostException {
    @Nullable InetSocketAddress local = address.host().resolveLocal(IpVersion.EITHER);
    return RawSockets.open(
            local != null ? local : PeerAddresses.anyLike(remote), address.protocol())
        .connected(remote);
  }

  @Override
  String suffix(DatagramAddress address) {
    boolean isDefault = address.protocol() == DatagramAddress.DEFAULT_PROTOCOL;
    return isDefault ? "" : "/" + address.protocol();
  }
}
