package dev.aeon.bindings.posix;

import dev.aeon.bindings.raw.aeon_ip_address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Between the shim's IP addresses and Java's. */
final class IpAddresses {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private IpAddresses() {}

  static MemorySegment toNative(InetSocketAddress address, Arena arena) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      throw new IllegalArgumentException("address is not resolved, address=" + address);
    }
    byte[] bytes = ip.getAddress();
    MemorySegment result = aeon_ip_address.allocate(arena);
    aeon_ip_address.family(result, bytes.length == IPV4_BYTES ? 4 : 6);
    aeon_ip_address.port(result, address.getPort());
    aeon_ip_address.scope(result, ip instanceof Inet6Address ip6 ? ip6.getScopeId() : 0);
    MemorySegment.copy(
        bytes, 0, aeon_ip_address.bytes(result), ValueLayout.JAVA_BYTE, 0, bytes.length);
    return result;
  }

  static InetSocketAddress fromNative(MemorySegment address) {
    int length = aeon_ip_address.family(address) == 4 ? IPV4_BYTES : IPV6_BYTES;
    byte[] bytes = aeon_ip_address.bytes(address).asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new InetSocketAddress(
        toInetAddress(bytes, aeon_ip_address.scope(address)), aeon_ip_address.port(address));
  }

  private static InetAddress toInetAddress(byte[] bytes, int scope) {
    try {
      return bytes.length == IPV6_BYTES && scope != 0
          ? Inet6Address.getByAddress(null, bytes, scope)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is legal", e);
    }
  }
}
