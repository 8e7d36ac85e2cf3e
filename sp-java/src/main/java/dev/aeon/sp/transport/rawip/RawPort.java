package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.TcpSocket;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One port of a raw descriptor that other ports share.
 *
 * @param claim what keeps the port from other processes, since the kernel does not know of it
 */
record RawPort(SharedRawSocket socket, PacketForm form, InetSocketAddress local, Descriptor claim)
    implements CarrierSocket {
  @Override
  public int fd() {
    return socket.fd();
  }

  @Override
  public boolean isConnected() {
    return false;
  }

  @Override
  public CarrierSocket connected(InetSocketAddress remote) {
    try {
      socket.admitOnly(local.getPort(), PeerAddresses.of(remote));
      InetSocketAddress from = new InetSocketAddress(sourceFor(remote), local.getPort());
      return new RawPort(socket, form, from, claim);
    } catch (NativeCallException e) {
      close();
      throw e;
    }
  }

  /** Where packets to {@code remote} leave from; nothing is sent to find out. */
  private InetAddress sourceFor(InetSocketAddress remote) {
    if (!local.getAddress().isAnyLocalAddress()) {
      return local.getAddress();
    }
    try (Descriptor asking = DatagramSockets.openUdp(PeerAddresses.anyLike(remote))) {
      DatagramSockets.connect(asking, remote);
      return TcpSocket.localAddress(asking).getAddress();
    }
  }

  @Override
  public Inlet watch(Reactor reactor, Strand strand, SocketCarrier carrier) {
    return socket.join(local.getPort(), reactor, strand, carrier);
  }

  /** Of UDP, at the same port if it is free: who lets one through may let the other. */
  @Override
  public @Nullable CarrierSocket openCompanion() {
    try {
      return UdpSockets.open(local);
    } catch (NativeCallException e) {
      return openAnyPort();
    }
  }

  private @Nullable CarrierSocket openAnyPort() {
    try {
      return UdpSockets.open(new InetSocketAddress(local.getAddress(), 0));
    } catch (NativeCallException e) {
      return null;
    }
  }

  @Override
  public void close() {
    socket.release(local.getPort());
    claim.close();
  }
}
