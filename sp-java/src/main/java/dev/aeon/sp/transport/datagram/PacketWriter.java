package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Puts packets of an endpoint together, one at a time, where they leave from. Of its strand. */
final class PacketWriter {
  private final Carrier carrier;
  private final int protocol;
  private long byteOffset;

  PacketWriter(Carrier carrier, int protocol) {
    this.carrier = carrier;
    this.protocol = protocol;
  }

  /**
   * Begins a packet of at most {@code byteSize}, its content undefined.
   *
   * @return where it begins in {@link #memory()}
   */
  long begin(int byteSize) {
    byteOffset = carrier.reserve(byteSize);
    return byteOffset;
  }

  /** Of the packet begun last. */
  MemorySegment memory() {
    return carrier.memory();
  }

  /** Completes the packet begun last and gives it to the carrier. Its size as sent. */
  int send(
      PeerAddress peer,
      PacketGuard guard,
      int kindAndFlags,
      long session,
      long number,
      int byteSize) {
    MemorySegment memory = carrier.memory();
    PacketLayout.write(memory, byteOffset, kindAndFlags, protocol, session, number);
    int sealed = guard.seal(memory, byteOffset, byteSize);
    carrier.queue(peer, sealed);
    return sealed;
  }

  /** Keeps the packet sent last as it is; see {@link Carrier#keep}. */
  @Nullable PacketLoan keep() {
    return carrier.keep();
  }
}
