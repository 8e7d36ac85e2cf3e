package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.NativeCallException;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.transport.Strand;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A bound socket, or a port of one that others use too, and what a carrier has to know of it. */
interface CarrierSocket extends AutoCloseable {
  /** What is asked of the kernel for a carrier; it may give less. */
  int BUFFER_BYTE_SIZE = 4 << 20;

  /** What packets leave by. */
  int fd();

  PacketForm form();

  /** Where it is bound. */
  InetSocketAddress local();

  /** Whether the kernel knows the only peer, so that a packet need not name it. */
  boolean isConnected();

  /**
   * The same socket, for one peer from now on, and bound to the address that packets to it leave
   * from. Closed where that fails.
   *
   * @throws NativeCallException among others {@code ENETUNREACH}
   */
  CarrierSocket connected(InetSocketAddress remote);

  /** Gives what arrives to {@code carrier} from now on. Called with the strand held. */
  Inlet watch(Reactor reactor, Strand strand, SocketCarrier carrier);

  /** Opens one that takes runs of packets, at the same address; null where there is none. */
  default @Nullable CarrierSocket openCompanion() {
    return null;
  }

  /** Comes after the inlet's close. */
  @Override
  void close();
}
