package dev.aeon.sp.transport.rawip;

import java.lang.foreign.MemorySegment;

/** What the packets of one kind of socket look like around what they carry. Stateless. */
interface PacketForm {
  /** What the kernel and this form put before a payload. */
  int overheadByteSize(boolean isIpv4);

  /** How many octets {@link #writePrefix} writes. */
  int prefixByteSize();

  /** Writes what comes before a payload. */
  void writePrefix(MemorySegment memory, long byteOffset, int remotePort);

  /** The port of the kernel's address of a peer. */
  int kernelPort(int port);

  /**
   * How many octets of a received packet come before its payload.
   *
   * @return at most {@code byteSize}; negative for a packet that is none of this form
   */
  int receivedPrefixByteSize(MemorySegment memory, long byteOffset, int byteSize);

  /** The port that a packet came from; asked only where the prefix was found whole. */
  int sourcePort(MemorySegment memory, long payloadByteOffset, int kernelPort);

  /** Whether the kernel cuts runs of packets. */
  boolean takesRuns();
}
