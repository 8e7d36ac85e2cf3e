package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;
import java.util.EnumMap;
import java.util.Map;

/** What a socket counts. Confined to its strand. */
final class Counters {
  private final Map<CloseReason, Long> closes = new EnumMap<>(CloseReason.class);
  long openPipeCount;
  long pipesOpened;
  long sent;
  long received;
  long dropped;

  void closed(CloseReason reason) {
    closes.merge(reason, 1L, Long::sum);
  }

  Map<CloseReason, Long> closesByReason() {
    return Map.copyOf(closes);
  }
}
