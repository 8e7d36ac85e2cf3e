package dev.aeon.slabs.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One shard's answer to a request that went to all. Their list, in the order of shards:
 *
 * <pre>
 *    0           4        8                 16
 *   +-----------+--------+-----------------+----------------------+---
 *   | shard i32 | failed | byteSize i64    | body, up to 8×n      | …
 *   +-----------+--------+-----------------+----------------------+---
 * </pre>
 *
 * @param shard who answered
 * @param failed whether the body says, as UTF-8, why there is no answer
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record GatheredPart(int shard, boolean failed, byte[] body) {
  private static final int HEADER_BYTES = 16;

  /** The list as one body. */
  public static byte[] encode(List<GatheredPart> parts) {
    int byteSize = parts.stream().mapToInt(part -> HEADER_BYTES + padded(part.body.length)).sum();
    ByteBuffer buffer = ByteBuffer.allocate(byteSize).order(ByteOrder.LITTLE_ENDIAN);
    for (GatheredPart part : parts) {
      int end = buffer.position() + HEADER_BYTES + padded(part.body.length);
      buffer.putInt(part.shard).putInt(part.failed ? 1 : 0).putLong(part.body.length);
      buffer.put(part.body).position(end);
    }
    return buffer.array();
  }

  /**
   * The list that a body is.
   *
   * @throws FrameException where it is none
   */
  public static List<GatheredPart> decode(byte[] body) {
    ByteBuffer buffer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    List<GatheredPart> parts = new ArrayList<>();
    while (buffer.hasRemaining()) {
      parts.add(decodeOne(buffer));
    }
    return List.copyOf(parts);
  }

  private static GatheredPart decodeOne(ByteBuffer buffer) {
    if (buffer.remaining() < HEADER_BYTES) {
      throw malformed("part is shorter than its header", buffer);
    }
    int shard = buffer.getInt();
    int failed = buffer.getInt();
    long byteSize = buffer.getLong();
    if (byteSize < 0 || byteSize > buffer.remaining() || failed < 0 || failed > 1) {
      throw malformed("part is longer than what there is", buffer);
    }
    byte[] body = new byte[(int) byteSize];
    int end = Math.min(buffer.limit(), buffer.position() + padded(body.length));
    buffer.get(body).position(end);
    return new GatheredPart(shard, failed == 1, body);
  }

  private static FrameException malformed(String violation, ByteBuffer buffer) {
    return new FrameException(
        "%s: position=%d byteSize=%d".formatted(violation, buffer.position(), buffer.limit()));
  }

  private static int padded(int byteSize) {
    return (byteSize + 7) & -8;
  }
}
