package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.sp.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens ports of raw IP sockets for carriers, by itself or through the helper. */
final class RawSockets {
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
    SharedRawSocket socket =
        SharedRawSocket.acquire(local, protocol, port.port(), RawSockets::openRaw);
    return new RawPort(
        socket,
        new RawForm(socket.isIpv4(), port.port()),
        new InetSocketAddress(local, port.port()),
        port.claim());
  }

  private static Descriptor openRaw(InetAddress local, int protocol) {
    Descriptor socket = openOrAsk(local, protocol);
    try {
      DatagramSockets.setBuffers(socket, CarrierSocket.BUFFER_BYTE_SIZE);
      return socket;
    } catch (NativeCallException e) {
      socket.close();
      throw e;
    }
  }

  private static Descriptor openOrAsk(InetAddress local, int protocol) {
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
