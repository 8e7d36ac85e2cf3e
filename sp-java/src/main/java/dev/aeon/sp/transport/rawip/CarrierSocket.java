package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.TcpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket and all that a carrier has to know of it.
 *
 * @param local where it is bound
 * @param claim what keeps its port from others, where the kernel does not; null where it does
 * @param isConnected whether it sends to one peer and takes packets of that one alone
 */
record CarrierSocket(
    Descriptor descriptor,
    PacketForm form,
    InetSocketAddress local,
    @Nullable Descriptor claim,
    boolean isConnected)
    implements AutoCloseable {
  /** What is asked of the kernel for a carrier; it may give less. */
  static final int BUFFER_BYTE_SIZE = 4 << 20;

  /**
   * The same socket, for one peer from now on, and bound to the address that packets to it leave
   * from. Closed where that fails.
   *
   * @throws NativeCallException among others {@code ENETUNREACH}
   */
  CarrierSocket connected(InetSocketAddress remote) {
    try {
      DatagramSockets.connect(descriptor, remote);
      InetAddress address = TcpSocket.localAddress(descriptor).getAddress();
      return new CarrierSocket(
          descriptor, form, new InetSocketAddress(address, local.getPort()), claim, true);
    } catch (NativeCallException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    descriptor.close();
    if (claim != null) {
      claim.close();
    }
  }
}
