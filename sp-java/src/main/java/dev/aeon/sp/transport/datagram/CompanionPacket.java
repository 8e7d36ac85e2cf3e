package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;

/**
 * What a COMPANION packet says after its header (raw-ip-mapping 2.3).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     Step      |   Reserved    |           UDP Port            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class CompanionPacket {
  static final int BYTE_SIZE = 4;

  /** The sender would send by UDP, from the port. */
  static final int OFFER = 0;

  /** The sender takes packets at the port. */
  static final int ACCEPT = 1;

  private static final int PORT_OFFSET = 2;

  private CompanionPacket() {}

  static void write(MemorySegment memory, long byteOffset, int step, int port) {
    memory.set(PacketLayout.BYTE, byteOffset, (byte) step);
    memory.set(PacketLayout.BYTE, byteOffset + 1, (byte) 0);
    memory.set(PacketLayout.SHORT, byteOffset + PORT_OFFSET, (short) port);
  }

  static int step(MemorySegment memory, long byteOffset) {
    return memory.get(PacketLayout.BYTE, byteOffset);
  }

  static int port(MemorySegment memory, long byteOffset) {
    return Short.toUnsignedInt(memory.get(PacketLayout.SHORT, byteOffset + PORT_OFFSET));
  }
}
