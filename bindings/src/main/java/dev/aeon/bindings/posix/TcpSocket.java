package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_ip_address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * TCP sockets over IPv4 and IPv6. Returned descriptors are the caller's, non-blocking and closed on
 * exec. Thread-safe; nothing here blocks.
 */
public final class TcpSocket {
  static {
    NativeLibrary.ensureLoaded();
  }

  private TcpSocket() {}

  /**
   * Binds and listens; port 0 lets the kernel choose.
   *
   * @throws IllegalArgumentException where the address is not resolved
   * @throws NativeCallException among others {@code EADDRINUSE}, {@code EADDRNOTAVAIL}
   */
  public static Descriptor listen(InetSocketAddress address, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_tcp_listen(IpAddresses.toNative(address, arena), backlog);
      return Descriptor.own(
          NativeCallException.check("aeon_tcp_listen", result, "address=" + address));
    }
  }

  /**
   * Listens on an IPv6 address and leaves the same port of IPv4 to others.
   *
   * @throws NativeCallException as {@link #listen}; {@code EINVAL} for an IPv4 address
   */
  public static Descriptor listenV6Only(InetSocketAddress address, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_tcp_listen_v6_only(IpAddresses.toNative(address, arena), backlog);
      return Descriptor.own(
          NativeCallException.check("aeon_tcp_listen_v6_only", result, "address=" + address));
    }
  }

  /**
   * As {@link #connect}, from a local address of the same family; its port may be 0.
   *
   * @throws NativeCallException among others {@code EADDRNOTAVAIL}; {@code EINVAL} where the
   *     families differ
   */
  public static Descriptor connect(InetSocketAddress remote, InetSocketAddress local) {
    try (Arena arena = Arena.ofConfined()) {
      int result =
          Aeon.aeon_tcp_connect_from(
              IpAddresses.toNative(remote, arena), IpAddresses.toNative(local, arena));
      return Descriptor.own(
          NativeCallException.check(
              "aeon_tcp_connect_from", result, "address=%s local=%s".formatted(remote, local)));
    }
  }

  /**
   * Begins to connect and returns at once. When the descriptor is writable the attempt has ended;
   * {@link Sockets#pendingError} then tells how.
   *
   * @throws IllegalArgumentException where the address is not resolved
   */
  public static Descriptor connect(InetSocketAddress remote) {
    try (Arena arena = Arena.ofConfined()) {
      int result = Aeon.aeon_tcp_connect(IpAddresses.toNative(remote, arena));
      return Descriptor.own(
          NativeCallException.check("aeon_tcp_connect", result, "address=" + remote));
    }
  }

  /** The address that the socket is bound to. */
  public static InetSocketAddress localAddress(Descriptor socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = aeon_ip_address.allocate(arena);
      int result = Aeon.aeon_tcp_local_address(socket.fd(), address);
      NativeCallException.check("aeon_tcp_local_address", result, "fd=" + socket.fd());
      return IpAddresses.fromNative(address);
    }
  }

  /**
   * The address of the other end.
   *
   * @throws NativeCallException {@code ENOTCONN} where the socket is not connected
   */
  public static InetSocketAddress remoteAddress(Descriptor socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = aeon_ip_address.allocate(arena);
      int result = Aeon.aeon_tcp_remote_address(socket.fd(), address);
      NativeCallException.check("aeon_tcp_remote_address", result, "fd=" + socket.fd());
      return IpAddresses.fromNative(address);
    }
  }

  /** Whether small segments go out at once. */
  public static void setNoDelay(Descriptor socket, boolean enabled) {
    int result = Aeon.aeon_tcp_set_no_delay(socket.fd(), enabled ? 1 : 0);
    NativeCallException.check("aeon_tcp_set_no_delay", result, "fd=" + socket.fd());
  }

  /** Whether the kernel probes an idle connection. */
  public static void setKeepAlive(Descriptor socket, boolean enabled) {
    int result = Aeon.aeon_tcp_set_keep_alive(socket.fd(), enabled ? 1 : 0);
    NativeCallException.check("aeon_tcp_set_keep_alive", result, "fd=" + socket.fd());
  }
}
