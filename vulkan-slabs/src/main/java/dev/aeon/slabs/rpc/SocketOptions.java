package dev.aeon.slabs.rpc;

import dev.aeon.slabs.transport.ConnectionOptions;
import java.time.Duration;

/**
 * How a socket behaves.
 *
 * @param connection the rings that a connecting socket allocates
 * @param timeout how long sending and receiving wait, and how long a call waits for its answer
 * @param replyByteSize the largest body that a call takes for an answer unless it says otherwise; a
 *     broker keeps that much of the response slab free for it
 */
public record SocketOptions(ConnectionOptions connection, Duration timeout, int replyByteSize) {
  /** Rings of a mebibyte, half a minute, answers of up to 4 KiB. */
  public static final SocketOptions DEFAULT =
      new SocketOptions(ConnectionOptions.DEFAULT, Duration.ofSeconds(30), 4096);

  /**
   * @throws IllegalArgumentException for a negative size or time
   */
  public SocketOptions {
    if (replyByteSize < 0 || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "size or time is negative: replyByteSize=%d timeout=%s"
              .formatted(replyByteSize, timeout));
    }
  }

  public SocketOptions withConnection(ConnectionOptions options) {
    return new SocketOptions(options, timeout, replyByteSize);
  }

  public SocketOptions withTimeout(Duration limit) {
    return new SocketOptions(connection, limit, replyByteSize);
  }

  public SocketOptions withReplyByteSize(int byteSize) {
    return new SocketOptions(connection, timeout, byteSize);
  }
}
