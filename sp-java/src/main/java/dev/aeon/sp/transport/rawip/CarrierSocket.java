package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.Descriptor;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A bound socket and all that a carrier has to know of it.
 *
 * @param local where it is bound
 * @param claim what keeps its port from others, where the kernel does not; null where it does
 */
record CarrierSocket(
    Descriptor descriptor, PacketForm form, InetSocketAddress local, @Nullable Descriptor claim)
    implements AutoCloseable {
  /** What is asked of the kernel for a carrier; it may give less. */
  static final int BUFFER_BYTE_SIZE = 4 << 20;

  @Override
  public void close() {
    descriptor.close();
    if (claim != null) {
      claim.close();
    }
  }
}
