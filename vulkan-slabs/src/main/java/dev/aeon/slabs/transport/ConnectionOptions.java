package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscRing;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the connecting end decides: how much may lie unread each way, for it allocates both rings.
 *
 * @param requestByteSize bytes of the ring that it writes, a power of two from 64
 * @param responseByteSize bytes of the ring that it reads, a power of two from 64: all that a peer
 *     may send before this end has read
 * @param timeout how long connecting may take
 * @param device what the rings' slabs come from where the transport leaves that open; null for
 *     memory of the host
 * @param key what both ends seal their records with; null to leave them open
 * @param recordsPerEpoch after how many sealed records the key changes; the same at both ends
 * @param tls certificates and trust of this end, for transports that use TLS; null for the
 *     platform's trust and no certificate, which is enough to connect and not to bind
 * @param waiting how threads of this end wait that find nothing to do
 * @param longestSleep after which a thread looks by itself, whoever had to wake it may have been
 *     killed
 */
public record ConnectionOptions(
    long requestByteSize,
    long responseByteSize,
    Duration timeout,
    @Nullable SlabDevice device,
    @Nullable ChannelKey key,
    long recordsPerEpoch,
    @Nullable SSLContext tls,
    WaitStrategy waiting,
    Duration longestSleep) {
  /** A mebibyte each way, ten seconds. */
  public static final ConnectionOptions DEFAULT =
      new ConnectionOptions(
          1 << 20,
          1 << 20,
          Duration.ofSeconds(10),
          null,
          null,
          1 << 20,
          null,
          WaitStrategy.WAKE_UP,
          WaitSet.LONGEST_SLEEP);

  /**
   * @throws IllegalArgumentException for a size that no ring has, or a count below 1
   */
  public ConnectionOptions {
    if (recordsPerEpoch < 1) {
      throw new IllegalArgumentException("count is below 1: recordsPerEpoch=" + recordsPerEpoch);
    }
    SpscRing.slabByteSize(requestByteSize);
    SpscRing.slabByteSize(responseByteSize);
  }

  public ConnectionOptions withRequestByteSize(long byteSize) {
    return new ConnectionOptions(
        byteSize,
        responseByteSize,
        timeout,
        device,
        key,
        recordsPerEpoch,
        tls,
        waiting,
        longestSleep);
  }

  public ConnectionOptions withResponseByteSize(long byteSize) {
    return new ConnectionOptions(
        requestByteSize,
        byteSize,
        timeout,
        device,
        key,
        recordsPerEpoch,
        tls,
        waiting,
        longestSleep);
  }

  public ConnectionOptions withTimeout(Duration limit) {
    return new ConnectionOptions(
        requestByteSize,
        responseByteSize,
        limit,
        device,
        key,
        recordsPerEpoch,
        tls,
        waiting,
        longestSleep);
  }

  /** The device stays the caller's and outlives the connection. */
  public ConnectionOptions withDevice(SlabDevice slabDevice) {
    return new ConnectionOptions(
        requestByteSize,
        responseByteSize,
        timeout,
        slabDevice,
        key,
        recordsPerEpoch,
        tls,
        waiting,
        longestSleep);
  }

  /** Has all records sealed with AES-256-GCM; the other end must do so too. */
  public ConnectionOptions withKey(ChannelKey secret) {
    return new ConnectionOptions(
        requestByteSize,
        responseByteSize,
        timeout,
        device,
        secret,
        recordsPerEpoch,
        tls,
        waiting,
        longestSleep);
  }

  public ConnectionOptions withRecordsPerEpoch(long count) {
    return new ConnectionOptions(
        requestByteSize, responseByteSize, timeout, device, key, count, tls, waiting, longestSleep);
  }

  /** What {@code tls+tcp} shows of itself and whom it trusts. */
  public ConnectionOptions withTls(SSLContext context) {
    return new ConnectionOptions(
        requestByteSize,
        responseByteSize,
        timeout,
        device,
        key,
        recordsPerEpoch,
        context,
        waiting,
        longestSleep);
  }

  /** Has threads of this end wait otherwise; the other end may wait as it likes. */
  public ConnectionOptions withWaiting(WaitStrategy strategy) {
    return new ConnectionOptions(
        requestByteSize,
        responseByteSize,
        timeout,
        device,
        key,
        recordsPerEpoch,
        tls,
        strategy,
        longestSleep);
  }

  /** Has sleeping threads of this end look by themselves more often, or less. */
  public ConnectionOptions withLongestSleep(Duration duration) {
    return new ConnectionOptions(
        requestByteSize,
        responseByteSize,
        timeout,
        device,
        key,
        recordsPerEpoch,
        tls,
        waiting,
        duration);
  }

  /** Where a thread of this end waits; the caller's to close. */
  public WaitSet openWaits() {
    return WaitSet.open(waiting, longestSleep);
  }
}
