package dev.aeon.sp.transport.datagram;

import org.jspecify.annotations.Nullable;

/**
 * When a session offers to send by its endpoint's companion, and when it trusts in that
 * (raw-ip-mapping 2.3). Confined to its session; told the time.
 */
final class CompanionUse {
  private static final long FIRST_SPAN_NANOS = 250_000_000;
  private static final int MAX_OFFER_COUNT = 4;
  private static final long FIRST_DISTRUST_NANOS = 1_000_000_000;
  private static final long LONGEST_DISTRUST_NANOS = 64_000_000_000L;
  static final int NO_PORT = 0;

  private final long leastByteSize;
  private @Nullable Way way;
  private int peerPort = NO_PORT;
  private int offerCount;
  private long nextOfferNanos;
  private long distrustNanos = FIRST_DISTRUST_NANOS;
  private long distrustedUntilNanos;
  private boolean isDistrusted;

  /**
   * @param leastByteSize how much waits to be sent before it goes this way; 0 where nothing does
   */
  CompanionUse(long leastByteSize) {
    this.leastByteSize = leastByteSize;
  }

  /** Whether so much is better sent by the companion. */
  boolean isWorth(long byteCount) {
    return leastByteSize > 0 && byteCount >= leastByteSize;
  }

  /** Whether it is time to offer. */
  boolean shouldOffer(long nowNanos) {
    return way == null
        && offerCount < MAX_OFFER_COUNT
        && (offerCount == 0 || nowNanos - nextOfferNanos >= 0);
  }

  /** An offer is on its way. */
  void offered(long nowNanos) {
    nextOfferNanos = nowNanos + (FIRST_SPAN_NANOS << offerCount);
    offerCount++;
  }

  /** There is no companion to be had. */
  void giveUp() {
    offerCount = MAX_OFFER_COUNT;
  }

  /** Whether an answer is awaited. */
  boolean hasOffered() {
    return offerCount > 0 && way == null;
  }

  /** Where the peer sends from and takes packets by UDP; {@link #NO_PORT} while it has not said. */
  int peerPort() {
    return peerPort;
  }

  void setPeerPort(int port) {
    peerPort = port;
  }

  /** The peer takes packets this way. */
  void accepted(Way companion) {
    way = companion;
  }

  /** The way whose path is to be probed; null where there is none, or not now. */
  @Nullable Way toProbe(long nowNanos) {
    boolean isTrusted = !isDistrusted || nowNanos - distrustedUntilNanos >= 0;
    return isTrusted ? way : null;
  }

  /** The way, where packets have come through. */
  @Nullable Way proven() {
    return way != null && way.isProven() ? way : null;
  }

  /** Nothing comes through: for a while, and longer each time. */
  void distrust(long nowNanos) {
    if (way != null) {
      way.forget();
      isDistrusted = true;
      distrustedUntilNanos = nowNanos + distrustNanos;
      distrustNanos = Math.min(2 * distrustNanos, LONGEST_DISTRUST_NANOS);
    }
  }
}
