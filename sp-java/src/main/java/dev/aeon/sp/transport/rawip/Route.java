package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.net.InetSocketAddress;

/** A peer as the kernel knows it, and how much the path to it takes. Confined to its strand. */
final class Route {
  static final int IPV4 = 4;
  static final int IPV6 = 6;

  /** What every path of IPv6 takes, and what is assumed of one that the kernel cannot tell of. */
  private static final int LEAST_MTU = 1280;

  private static final int LARGEST_IPV4_PACKET = 65_535;

  /** IPv6 does not count its header. */
  private static final int LARGEST_IPV6_PACKET = 65_575;

  private static final int UNKNOWN = 0;
  private static final int MAPPED_BEGIN = 10;

  private final PeerAddress address;
  private final int family;
  private final long high;
  private final long low;
  private int pathMtu;

  Route(PeerAddress address, int family, long high, long low) {
    this.address = address;
    this.family = family;
    this.high = high;
    this.low = low;
  }

  PeerAddress address() {
    return address;
  }

  int family() {
    return family;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  boolean is(int otherFamily, int port, int scope, long otherHigh, long otherLow) {
    return high == otherHigh
        && low == otherLow
        && address.port() == port
        && family == otherFamily
        && address.scope() == scope;
  }

  /** The largest IP packet for the path, as the kernel knew it last. */
  int pathMtu() {
    if (pathMtu == UNKNOWN) {
      pathMtu = Math.min(isIpv4() ? LARGEST_IPV4_PACKET : LARGEST_IPV6_PACKET, kernelMtu());
    }
    return pathMtu;
  }

  private int kernelMtu() {
    try {
      return DatagramSockets.pathMtu(socketAddress());
    } catch (NativeCallException e) {
      return LEAST_MTU;
    }
  }

  /** The kernel has refused a packet for its size: it has learnt something. */
  void forgetPathMtu() {
    pathMtu = UNKNOWN;
  }

  /** Whether packets travel by IPv4, be it in the dress of IPv6. */
  boolean isIpv4() {
    return family == IPV4 || isMapped(address.address());
  }

  private static boolean isMapped(byte[] octets) {
    for (int index = 0; index < MAPPED_BEGIN; index++) {
      if (octets[index] != 0) {
        return false;
      }
    }
    return octets[MAPPED_BEGIN] == -1 && octets[MAPPED_BEGIN + 1] == -1;
  }

  private InetSocketAddress socketAddress() {
    return PeerAddresses.toSocketAddress(address);
  }
}
