package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;

/** Makes packets such that a change on the way is found. Confined to its endpoint. */
interface PacketGuard {
  /** How many bytes {@link #seal} adds behind a packet. */
  int overheadByteSize();

  /** Completes a packet whose checksum is 0; returns its size. */
  int seal(MemorySegment memory, long byteOffset, int byteSize);

  /**
   * Checks a packet, in place: its size without what the guard added, or -1 if it is not right. Its
   * checksum is undefined from then on.
   */
  int open(MemorySegment memory, long byteOffset, int byteSize);
}
