package dev.aeon.sp.transport.datagram;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where packets of an endpoint are put together, one at a time. Confined to its strand. */
final class PacketWriter {
  private static final long ALIGNMENT = 64;

  private final Carrier carrier;
  private final int protocol;
  private MemorySegment memory = MemorySegment.NULL;

  PacketWriter(Carrier carrier, int protocol) {
    this.carrier = carrier;
    this.protocol = protocol;
  }

  /** Memory for a packet of {@code byteSize}, its content undefined. */
  MemorySegment memory(int byteSize) {
    if (memory.byteSize() < byteSize) {
      memory = Arena.ofAuto().allocate(byteSize, ALIGNMENT);
    }
    return memory;
  }

  /** Completes the packet in the memory and gives it to the carrier. Its size as sent. */
  int send(
      PeerAddress peer,
      PacketGuard guard,
      int kindAndFlags,
      long session,
      long number,
      int byteSize) {
    PacketLayout.write(memory, kindAndFlags, protocol, session, number);
    int sealed = guard.seal(memory, byteSize);
    carrier.queue(peer, memory, 0, sealed);
    return sealed;
  }
}
