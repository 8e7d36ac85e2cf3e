package dev.aeon.sp.transport.rawip;

import java.lang.foreign.MemorySegment;

/** UDP: the kernel writes and reads every header. */
final class UdpForm implements PacketForm {
  private static final int IPV4_AND_UDP_BYTE_SIZE = 28;
  private static final int IPV6_AND_UDP_BYTE_SIZE = 48;

  @Override
  public int overheadByteSize(boolean isIpv4) {
    return isIpv4 ? IPV4_AND_UDP_BYTE_SIZE : IPV6_AND_UDP_BYTE_SIZE;
  }

  @Override
  public int prefixByteSize() {
    return 0;
  }

  @Override
  public void writePrefix(MemorySegment memory, long byteOffset, int remotePort) {}

  @Override
  public int kernelPort(int port) {
    return port;
  }

  @Override
  public int receivedPrefixByteSize(MemorySegment memory, long byteOffset, int byteSize) {
    return 0;
  }

  @Override
  public int sourcePort(MemorySegment memory, long payloadByteOffset, int kernelPort) {
    return kernelPort;
  }

  @Override
  public boolean takesRuns() {
    return true;
  }
}
