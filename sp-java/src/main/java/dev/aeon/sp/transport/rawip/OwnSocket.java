package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.TcpSocket;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A socket that one carrier has for itself: the kernel knows its port. */
record OwnSocket(
    Descriptor descriptor, PacketForm form, InetSocketAddress local, boolean isConnected)
    implements CarrierSocket {
  @Override
  public int fd() {
    return descriptor.fd();
  }

  @Override
  public CarrierSocket connected(InetSocketAddress remote) {
    try {
      DatagramSockets.connect(descriptor, remote);
      InetAddress address = TcpSocket.localAddress(descriptor).getAddress();
      return new OwnSocket(descriptor, form, new InetSocketAddress(address, local.getPort()), true);
    } catch (NativeCallException e) {
      close();
      throw e;
    }
  }

  @Override
  public Inlet watch(Reactor reactor, Strand strand, SocketCarrier carrier) {
    return new OwnInlet(reactor, strand, fd(), carrier);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
