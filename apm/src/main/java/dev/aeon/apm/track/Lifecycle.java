package dev.aeon.apm.track;

import static dev.aeon.apm.track.MessageState.DELIVERED;
import static dev.aeon.apm.track.MessageState.FAILED;
import static dev.aeon.apm.track.MessageState.IN_TRANSIT;
import static dev.aeon.apm.track.MessageState.PENDING;
import static dev.aeon.apm.track.MessageState.PROCESSED;

import java.util.EnumMap;
import java.util.Map;

/**
 * The state machine of section 4.2, complete: what is not in the table leaves the state as it is.
 *
 * <pre>
 *              APPENDED            ACKNOWLEDGED            PROCESSED, RESPONDED
 *   PENDING ─────────────▶ IN_TRANSIT ─────────▶ DELIVERED ────────────────────▶ PROCESSED
 *      ▲  │                  │  │  │  PROCESSED, RESPONDED                           ▲
 *      │  │                  │  │  └─────────────────────────────────────────────────┘
 *      └──┼── REFUSED_FOR_NOW, TIMED_OUT
 *         └──────────────────┴──▶ FAILED ◀── REFUSED ── DELIVERED
 * </pre>
 *
 * An answer may overtake the report that the channel took the message over, or come while a retry
 * waits; it counts in PENDING as well.
 */
public final class Lifecycle {
  private static final Map<MessageState, Map<LifecycleEvent, MessageState>> TABLE = table();

  private Lifecycle() {}

  /** The state after {@code event}; the same one where it means nothing there. */
  public static MessageState after(MessageState state, LifecycleEvent event) {
    return TABLE.getOrDefault(state, Map.of()).getOrDefault(event, state);
  }

  /** Whether nothing can happen any more. */
  public static boolean isTerminal(MessageState state) {
    return state == PROCESSED || state == FAILED;
  }

  private static Map<MessageState, Map<LifecycleEvent, MessageState>> table() {
    Map<MessageState, Map<LifecycleEvent, MessageState>> table = new EnumMap<>(MessageState.class);
    Map<LifecycleEvent, MessageState> underWay = new EnumMap<>(LifecycleEvent.class);
    underWay.put(LifecycleEvent.ACKNOWLEDGED, DELIVERED);
    underWay.put(LifecycleEvent.PROCESSED, PROCESSED);
    underWay.put(LifecycleEvent.RESPONDED, PROCESSED);
    underWay.put(LifecycleEvent.REFUSED, FAILED);
    underWay.put(LifecycleEvent.EXPIRED, FAILED);
    underWay.put(LifecycleEvent.ABANDONED, FAILED);

    Map<LifecycleEvent, MessageState> pending = new EnumMap<>(underWay);
    pending.put(LifecycleEvent.APPENDED, IN_TRANSIT);
    pending.put(LifecycleEvent.CHANNEL_FAILED, FAILED);
    table.put(PENDING, pending);

    Map<LifecycleEvent, MessageState> inTransit = new EnumMap<>(underWay);
    inTransit.put(LifecycleEvent.REFUSED_FOR_NOW, PENDING);
    inTransit.put(LifecycleEvent.TIMED_OUT, PENDING);
    inTransit.put(LifecycleEvent.EXHAUSTED, FAILED);
    table.put(IN_TRANSIT, inTransit);

    Map<LifecycleEvent, MessageState> delivered = new EnumMap<>(LifecycleEvent.class);
    delivered.put(LifecycleEvent.PROCESSED, PROCESSED);
    delivered.put(LifecycleEvent.RESPONDED, PROCESSED);
    delivered.put(LifecycleEvent.REFUSED, FAILED);
    table.put(DELIVERED, delivered);

    table.put(PROCESSED, Map.of());
    table.put(FAILED, Map.of());
    return table;
  }
}
