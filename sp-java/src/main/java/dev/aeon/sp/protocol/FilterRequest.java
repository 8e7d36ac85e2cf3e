package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a subscriber tells a publisher that understands it, so that the publisher filters. Never
 * sent to any other: they would close the pipe.
 *
 * <pre>
 *    0        1
 *   +--------+------------------------
 *   | kind   | prefix: the rest
 *   +--------+------------------------
 * </pre>
 *
 * A publisher filters for a pipe from its first request on.
 */
final class FilterRequest {
  static final int MAX_PREFIX_BYTE_SIZE = 64 << 10;
  static final byte BEGIN = 0;
  static final byte SUBSCRIBE = 1;
  static final byte UNSUBSCRIBE = 2;

  private FilterRequest() {}

  static Packet packet(byte kind, byte[] prefix) {
    Packet packet = Packet.allocate(1 + prefix.length);
    MemorySegment body = packet.body();
    body.set(ValueLayout.JAVA_BYTE, 0, kind);
    MemorySegment.copy(prefix, 0, body, ValueLayout.JAVA_BYTE, 1, prefix.length);
    return packet;
  }

  /** Does what {@code packet} asks; false if it asks nothing that there is. */
  static boolean apply(Packet packet, Subscriptions subscriptions, int limit) {
    long byteSize = packet.bodyByteSize();
    if (byteSize < 1 || byteSize > 1 + MAX_PREFIX_BYTE_SIZE) {
      return false;
    }
    byte[] prefix = packet.body().asSlice(1).toArray(ValueLayout.JAVA_BYTE);
    return apply(packet.body().get(ValueLayout.JAVA_BYTE, 0), prefix, subscriptions, limit);
  }

  private static boolean apply(byte kind, byte[] prefix, Subscriptions subscriptions, int limit) {
    return switch (kind) {
      case BEGIN -> prefix.length == 0;
      case SUBSCRIBE -> subscriptions.contains(prefix) || added(prefix, subscriptions, limit);
      case UNSUBSCRIBE -> subscriptions.remove(prefix);
      default -> false;
    };
  }

  private static boolean added(byte[] prefix, Subscriptions subscriptions, int limit) {
    return subscriptions.count() < limit && subscriptions.add(prefix);
  }
}
