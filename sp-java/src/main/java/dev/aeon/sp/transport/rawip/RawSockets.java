package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.sp.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens raw IP sockets for carriers, by itself or through the helper. */
final class RawSockets {
  private static final int IPV4_BYTE_SIZE = 4;

  private RawSockets() {}

  /**
   * Opens one for a port of a protocol number; port 0 takes any that is free.
   *
   * @throws NativeCallException among others {@code EADDRINUSE}
   * @throws TransportException where neither this process nor the helper may open it
   */
  static CarrierSocket open(InetSocketAddress local, int protocol) {
    PortClaim.Free port =
        local.getPort() == 0
            ? PortClaim.any(protocol)
            : new PortClaim.Free(local.getPort(), PortClaim.of(protocol, local.getPort()));
    try {
      return open(local.getAddress(), protocol, port);
    } catch (NativeCallException | TransportException e) {
      port.claim().close();
      throw e;
    }
  }

  private static CarrierSocket open(InetAddress local, int protocol, PortClaim.Free port) {
    boolean isIpv4 = local.getAddress().length == IPV4_BYTE_SIZE;
    Descriptor socket = openRaw(local, protocol);
    try {
      DatagramSockets.setFilter(socket, PortFilter.of(port.port(), isIpv4));
      DatagramSockets.setBuffers(socket, CarrierSocket.BUFFER_BYTE_SIZE);
    } catch (NativeCallException e) {
      socket.close();
      throw e;
    }
    return new CarrierSocket(
        socket,
        new RawForm(isIpv4, port.port()),
        new InetSocketAddress(local, port.port()),
        port.claim(),
        false);
  }

  private static Descriptor openRaw(InetAddress local, int protocol) {
    try {
      return DatagramSockets.openRaw(local, protocol);
    } catch (NativeCallException e) {
      if (e.errno() != Errno.EPERM) {
        throw e;
      }
      return RawHelper.ofProperty().open(local, protocol);
    }
  }
}
