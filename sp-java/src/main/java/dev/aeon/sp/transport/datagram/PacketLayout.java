package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What every packet begins with (raw-ip-mapping 3). All numbers are big-endian.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |    Version    |Flags|  Kind   |          SP Protocol          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    Session of the Receiver                    |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         Packet Number                         |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                            Checksum                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class PacketLayout {
  static final int VERSION = 0xA1;

  /** The peer begins: asks for a session. */
  static final int HELLO = 1;

  /** The answer to a greeting without a cookie. */
  static final int RETRY = 2;

  /** The answer to a greeting with one. */
  static final int WELCOME = 3;

  /** Acknowledgement, messages, or both, or neither. */
  static final int TRANSFER = 4;

  /** As large as the path may take; the content says nothing. */
  static final int PROBE = 5;

  /** The last packet of a session. */
  static final int DISCONNECT = 6;

  /** The answer to packets of a session that is not known. */
  static final int RESET = 7;

  /** One message that is never sent again. */
  static final int LOOSE = 8;

  /** Where the sender has a carrier beside this one, for much at a time. */
  static final int COMPANION = 9;

  static final int KIND_MASK = 0x1f;
  static final int HAS_ACK = 0x20;
  static final int WANTS_ACK = 0x40;

  static final int NO_SESSION = 0;

  static final int KIND_OFFSET = 1;
  static final int PROTOCOL_OFFSET = 2;
  static final int SESSION_OFFSET = 4;
  static final int NUMBER_OFFSET = 12;
  static final int CHECKSUM_OFFSET = 20;
  static final int BYTE_SIZE = 24;

  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private PacketLayout() {}

  static void write(
      MemorySegment memory,
      long byteOffset,
      int kindAndFlags,
      int protocol,
      long session,
      long number) {
    memory.set(BYTE, byteOffset, (byte) VERSION);
    memory.set(BYTE, byteOffset + KIND_OFFSET, (byte) kindAndFlags);
    memory.set(SHORT, byteOffset + PROTOCOL_OFFSET, (short) protocol);
    memory.set(LONG, byteOffset + SESSION_OFFSET, session);
    memory.set(LONG, byteOffset + NUMBER_OFFSET, number);
    memory.set(INT, byteOffset + CHECKSUM_OFFSET, 0);
  }

  static boolean isWhole(MemorySegment memory, long byteOffset, int byteSize) {
    return byteSize >= BYTE_SIZE && memory.get(BYTE, byteOffset) == (byte) VERSION;
  }

  static int kind(MemorySegment memory, long byteOffset) {
    return memory.get(BYTE, byteOffset + KIND_OFFSET) & KIND_MASK;
  }

  /** Whether the packet is of no session, be it that there is none yet or none any more. */
  static boolean opensOrResets(MemorySegment memory, long byteOffset) {
    return switch (kind(memory, byteOffset)) {
      case HELLO, RETRY, WELCOME, RESET -> true;
      default -> false;
    };
  }

  static boolean hasAck(MemorySegment memory, long byteOffset) {
    return (memory.get(BYTE, byteOffset + KIND_OFFSET) & HAS_ACK) != 0;
  }

  static boolean wantsAck(MemorySegment memory, long byteOffset) {
    return (memory.get(BYTE, byteOffset + KIND_OFFSET) & WANTS_ACK) != 0;
  }

  static int protocol(MemorySegment memory, long byteOffset) {
    return Short.toUnsignedInt(memory.get(SHORT, byteOffset + PROTOCOL_OFFSET));
  }

  static long session(MemorySegment memory, long byteOffset) {
    return memory.get(LONG, byteOffset + SESSION_OFFSET);
  }

  static long number(MemorySegment memory, long byteOffset) {
    return memory.get(LONG, byteOffset + NUMBER_OFFSET);
  }
}
