package dev.aeon.sp.transport.datagram;

/**
 * How many bytes may be under way: NewReno as in RFC 9002 (7), halved once for all that was lost in
 * one round trip, so that it yields to TCP.
 */
final class CongestionWindow {
  private static final int INITIAL_PACKETS = 10;
  private static final int MIN_PACKETS = 2;
  private static final long MAX_BYTE_SIZE = 64L << 20;

  private long byteSize;
  private long threshold = Long.MAX_VALUE;
  private long recoveryBeganNanos;
  private boolean hasRecovered = true;
  private long ackedByteCount;

  CongestionWindow(int packetByteSize) {
    byteSize = (long) INITIAL_PACKETS * packetByteSize;
  }

  long byteSize() {
    return byteSize;
  }

  /**
   * A packet has arrived.
   *
   * @param wasFull whether the window was what held sending back
   */
  void acknowledged(int packetByteSize, long sentNanos, int maxPacketByteSize, boolean wasFull) {
    if (isInRecovery(sentNanos) || !wasFull) {
      return;
    }
    if (byteSize < threshold) {
      byteSize += packetByteSize;
    } else {
      ackedByteCount += packetByteSize;
      if (ackedByteCount >= byteSize) {
        ackedByteCount -= byteSize;
        byteSize += maxPacketByteSize;
      }
    }
    byteSize = Math.min(byteSize, MAX_BYTE_SIZE);
  }

  private boolean isInRecovery(long sentNanos) {
    return !hasRecovered && sentNanos - recoveryBeganNanos <= 0;
  }

  /** A packet sent at {@code sentNanos} was lost. */
  void lost(long sentNanos, long nowNanos, int maxPacketByteSize) {
    if (isInRecovery(sentNanos)) {
      return;
    }
    hasRecovered = false;
    recoveryBeganNanos = nowNanos;
    byteSize = Math.max(byteSize / 2, (long) MIN_PACKETS * maxPacketByteSize);
    threshold = byteSize;
    ackedByteCount = 0;
  }

  /** Nothing has come through for long: begins anew, to half of what was. */
  void collapse(int maxPacketByteSize) {
    threshold = Math.max(byteSize / 2, (long) MIN_PACKETS * maxPacketByteSize);
    byteSize = (long) MIN_PACKETS * maxPacketByteSize;
    ackedByteCount = 0;
  }
}
