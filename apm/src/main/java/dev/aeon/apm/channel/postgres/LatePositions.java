package dev.aeon.apm.channel.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Positions that were passed over and may still be filled: a transaction takes its positions when
 * it inserts and shows them when it commits, which may be after a later one's. They are looked for
 * again for a minute. Confined to one thread.
 */
final class LatePositions {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int MAX_COUNT = 4096;

  private final Map<Long, Long> expiryNanos = new LinkedHashMap<>();

  /** Notes what lies between two positions that were read one after the other. */
  void passOver(long before, long after, long nowNanos) {
    for (long each = Math.max(before + 1, after - MAX_COUNT); each < after; each++) {
      expiryNanos.putIfAbsent(each, nowNanos + PATIENCE_NANOS);
    }
    int tooMany = expiryNanos.size() - MAX_COUNT;
    if (tooMany > 0) {
      expiryNanos.keySet().removeAll(expiryNanos.keySet().stream().limit(tooMany).toList());
    }
  }

  /** A position was filled. */
  void found(long position) {
    expiryNanos.remove(position);
  }

  /** What is still worth looking for. */
  Long[] at(long nowNanos) {
    expiryNanos.values().removeIf(expiry -> expiry - nowNanos < 0);
    return expiryNanos.keySet().toArray(Long[]::new);
  }
}
