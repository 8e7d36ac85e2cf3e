package dev.aeon.slabs.transport;

import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.ring.SpscRing;
import java.time.Duration;
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
 */
public record ConnectionOptions(
    long requestByteSize, long responseByteSize, Duration timeout, @Nullable SlabDevice device) {
  /** A mebibyte each way, ten seconds. */
  public static final ConnectionOptions DEFAULT =
      new ConnectionOptions(1 << 20, 1 << 20, Duration.ofSeconds(10), null);

  /**
   * @throws IllegalArgumentException for a size that no ring has
   */
  public ConnectionOptions {
    SpscRing.slabByteSize(requestByteSize);
    SpscRing.slabByteSize(responseByteSize);
  }

  public ConnectionOptions withRequestByteSize(long byteSize) {
    return new ConnectionOptions(byteSize, responseByteSize, timeout, device);
  }

  public ConnectionOptions withResponseByteSize(long byteSize) {
    return new ConnectionOptions(requestByteSize, byteSize, timeout, device);
  }

  public ConnectionOptions withTimeout(Duration limit) {
    return new ConnectionOptions(requestByteSize, responseByteSize, limit, device);
  }

  /** The device stays the caller's and outlives the connection. */
  public ConnectionOptions withDevice(SlabDevice slabDevice) {
    return new ConnectionOptions(requestByteSize, responseByteSize, timeout, slabDevice);
  }
}
