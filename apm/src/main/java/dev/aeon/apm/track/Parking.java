package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.track.Timers.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages to agents that nobody knows yet (resolution 57), by agent, in the order in which they
 * came. Whether the agent has come is asked once a second for all of its messages together. Its
 * state is guarded by the ledger's monitor.
 */
final class Parking {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final Courier courier;
  private final Map<AgentId, Set<TrackedMessage>> waiting = new HashMap<>();

  Parking(Ledger ledger, Courier courier) {
    this.ledger = ledger;
    this.courier = courier;
  }

  /** Parks a message; with the ledger's monitor held. */
  void add(TrackedMessage entry) {
    AgentId receiver = entry.key.receiver();
    Set<TrackedMessage> parked = waiting.get(receiver);
    if (parked == null) {
      parked = new LinkedHashSet<>();
      waiting.put(receiver, parked);
      lookLater(entry.receiver);
    }
    if (parked.add(entry)) {
      ledger.parked(entry);
    }
  }

  /** Takes out what is parked for {@code receiver}; with the ledger's monitor held. */
  List<TrackedMessage> take(AgentId receiver) {
    Set<TrackedMessage> parked = waiting.remove(receiver);
    return parked == null ? List.of() : stillUnderWay(parked);
  }

  /** How many messages are parked; with the ledger's monitor held. */
  int size() {
    return waiting.values().stream().mapToInt(parked -> stillUnderWay(parked).size()).sum();
  }

  private void lookLater(AgentIdentity receiver) {
    Timer _ = ledger.options.timers().after(LOOK_EVERY, () -> look(receiver));
  }

  private void look(AgentIdentity receiver) {
    if (ledger.options.presence().apply(receiver) != Presence.UNKNOWN) {
      courier.release(receiver.agentId());
      return;
    }
    synchronized (ledger) {
      Set<TrackedMessage> parked = waiting.get(receiver.agentId());
      if (parked == null) {
        return;
      }
      parked.removeIf(entry -> !ledger.isStill(entry, MessageState.PENDING));
      if (parked.isEmpty()) {
        waiting.remove(receiver.agentId());
      } else {
        lookLater(receiver);
      }
    }
  }

  private List<TrackedMessage> stillUnderWay(Set<TrackedMessage> parked) {
    return parked.stream().filter(entry -> ledger.isStill(entry, MessageState.PENDING)).toList();
  }
}
