package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;

/** Who is given packets. Called with the carrier's strand held; may close the carrier. */
public interface PacketHandler {
  /**
   * One packet; the memory is the carrier's and is used again when this returns.
   *
   * @param from the same instance for each packet of a peer, as far as the carrier remembers it
   */
  void packet(PeerAddress from, MemorySegment memory, long byteOffset, int byteSize);

  /** The host of the only peer says that nobody takes packets there; anybody can forge that. */
  void refused();

  /** No more packets for now: answers can go out. */
  void batchEnded();
}
