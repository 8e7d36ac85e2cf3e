package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.TcpSocket;
import java.net.InetSocketAddress;

/** Opens UDP sockets for carriers. */
final class UdpSockets {
  private UdpSockets() {}

  /**
   * Opens one at a local address; port 0 lets the kernel choose.
   *
   * @throws NativeCallException among others {@code EADDRINUSE}
   */
  static CarrierSocket open(InetSocketAddress local) {
    Descriptor socket = DatagramSockets.openUdp(local);
    try {
      DatagramSockets.setBuffers(socket, CarrierSocket.BUFFER_BYTE_SIZE);
      return new OwnSocket(socket, new UdpForm(), TcpSocket.localAddress(socket), false);
    } catch (NativeCallException e) {
      socket.close();
      throw e;
    }
  }
}
