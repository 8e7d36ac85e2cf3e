package dev.aeon.sp.transport.rawip;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * IP itself: two ports before the payload, and before them the IPv4 header, which the kernel writes
 * but leaves in received packets. IPv6 headers are never seen.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          Source Port          |       Destination Port        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class RawForm implements PacketForm {
  static final int PORTS_BYTE_SIZE = 4;
  static final int DESTINATION_PORT_BYTE_OFFSET = 2;

  private static final int IPV4_HEADER_BYTE_SIZE = 20;
  private static final int IPV6_HEADER_BYTE_SIZE = 40;
  private static final int WORD_BYTE_SIZE = 4;
  private static final int IPV4_VERSION = 4;
  private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3fff;
  private static final int VERSION_SHIFT = 60;
  private static final int HEADER_SIZE_SHIFT = 56;
  private static final int HALF_OCTET = 0xf;
  private static final int TOTAL_SIZE_SHIFT = 32;
  private static final int MAX_HALF = 0xffff;
  private static final int MALFORMED = -1;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final boolean isIpv4Socket;
  private final int localPort;

  RawForm(boolean isIpv4Socket, int localPort) {
    this.isIpv4Socket = isIpv4Socket;
    this.localPort = localPort;
  }

  @Override
  public int overheadByteSize(boolean isIpv4) {
    return PORTS_BYTE_SIZE + (isIpv4Socket ? IPV4_HEADER_BYTE_SIZE : IPV6_HEADER_BYTE_SIZE);
  }

  @Override
  public int prefixByteSize() {
    return PORTS_BYTE_SIZE;
  }

  @Override
  public void writePrefix(MemorySegment memory, long byteOffset, int remotePort) {
    memory.set(SHORT, byteOffset, (short) localPort);
    memory.set(SHORT, byteOffset + DESTINATION_PORT_BYTE_OFFSET, (short) remotePort);
  }

  @Override
  public int kernelPort(int port) {
    return 0;
  }

  @Override
  public int receivedPrefixByteSize(MemorySegment memory, long byteOffset, int byteSize) {
    int prefix = prefixByteSize(memory, byteOffset, byteSize, isIpv4Socket);
    // Packets of before the filter was set are another port's, too.
    boolean isOurs = prefix >= 0 && portBefore(memory, byteOffset + prefix) == localPort;
    return isOurs ? prefix : MALFORMED;
  }

  /** Which port a received packet is for; negative for one that is none of this form. */
  static int destinationPort(
      MemorySegment memory, long byteOffset, int byteSize, boolean isIpv4Socket) {
    int prefix = prefixByteSize(memory, byteOffset, byteSize, isIpv4Socket);
    return prefix < 0 ? MALFORMED : portBefore(memory, byteOffset + prefix);
  }

  private static int portBefore(MemorySegment memory, long payloadByteOffset) {
    return unsignedShort(
        memory, payloadByteOffset - PORTS_BYTE_SIZE + DESTINATION_PORT_BYTE_OFFSET);
  }

  private static int prefixByteSize(
      MemorySegment memory, long byteOffset, int byteSize, boolean isIpv4Socket) {
    int header = isIpv4Socket ? ipv4HeaderByteSize(memory, byteOffset, byteSize) : 0;
    boolean isWhole = header >= 0 && header + PORTS_BYTE_SIZE <= byteSize;
    return isWhole ? header + PORTS_BYTE_SIZE : MALFORMED;
  }

  /** The size of a header that the packet's own size agrees with, of a packet in one piece. */
  private static int ipv4HeaderByteSize(MemorySegment memory, long byteOffset, int byteSize) {
    if (byteSize < IPV4_HEADER_BYTE_SIZE) {
      return MALFORMED;
    }
    // Its first two words in one: each field read by itself costs as much.
    long begin = memory.get(LONG, byteOffset);
    int header = (int) (begin >>> HEADER_SIZE_SHIFT & HALF_OCTET) * WORD_BYTE_SIZE;
    boolean isSound =
        begin >>> VERSION_SHIFT == IPV4_VERSION
            && header >= IPV4_HEADER_BYTE_SIZE
            && header <= byteSize
            && (begin >>> TOTAL_SIZE_SHIFT & MAX_HALF) == byteSize
            && (begin & MORE_FRAGMENTS_AND_OFFSET) == 0;
    return isSound ? header : MALFORMED;
  }

  private static int unsignedShort(MemorySegment memory, long byteOffset) {
    return Short.toUnsignedInt(memory.get(SHORT, byteOffset));
  }

  @Override
  public int sourcePort(MemorySegment memory, long payloadByteOffset, int kernelPort) {
    return unsignedShort(memory, payloadByteOffset - PORTS_BYTE_SIZE);
  }

  @Override
  public boolean takesRuns() {
    return false;
  }
}
