package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came to their end or to their receiver: the last {@value #MAX_ENTRIES}, and of the
 * newest, up to {@value #MAX_BYTES} bytes, the message itself, which a late refusal needs: of older
 * ones a store of pending messages may have it. Guarded by its tracker's lock.
 */
final class Delivered {
  static final int MAX_ENTRIES = 65_536;
  private static final long MAX_BYTES = 16 << 20;

  /** What is kept of one; the message only for a while. */
  record Entry(
      MessageState state, String correlation, boolean isRequest, @Nullable TrackedMessage tracked) {
    Entry in(MessageState next) {
      return new Entry(next, correlation, isRequest, tracked);
    }

    private Entry withoutMessage() {
      return new Entry(state, correlation, isRequest, null);
    }

    private long byteSize() {
      return tracked == null ? 0 : tracked.byteSize;
    }

    private boolean isOpenRequest() {
      return isRequest && state == MessageState.DELIVERED;
    }
  }

  private record Correlation(String correlation, AgentId receiver) {}

  private final Map<DeliveryKey, Entry> entries = new LinkedHashMap<>();

  /** The entries that still have their message, oldest first. */
  private final Set<DeliveryKey> whole = new LinkedHashSet<>();

  private final Map<Correlation, Set<DeliveryKey>> openRequests = new HashMap<>();

  /** One name for each agent that we ever sent more to than is remembered. */
  private final Set<AgentId> forgotten = new HashSet<>();

  private long byteSize;

  @Nullable Entry find(DeliveryKey key) {
    return entries.get(key);
  }

  void put(DeliveryKey key, Entry entry) {
    remove(key);
    Entry kept = Lifecycle.isTerminal(entry.state()) ? entry.withoutMessage() : entry;
    entries.put(key, kept);
    if (kept.tracked() != null) {
      whole.add(key);
      byteSize += kept.byteSize();
    }
    if (kept.isOpenRequest()) {
      openRequests.computeIfAbsent(correlationOf(key, kept), _ -> new LinkedHashSet<>(2)).add(key);
    }
    shrink();
  }

  /** Whether an answer of {@code receiver}'s may be to a message that is remembered no more. */
  boolean hasForgotten(AgentId receiver) {
    return forgotten.contains(receiver);
  }

  /** Notes that not all messages to {@code receiver} are remembered. */
  void forget(AgentId receiver) {
    forgotten.add(receiver);
  }

  /** The requests to {@code receiver} that wait for a response. */
  Set<DeliveryKey> openRequests(String correlation, AgentId receiver) {
    return openRequests.getOrDefault(new Correlation(correlation, receiver), Set.of());
  }

  private void shrink() {
    while (byteSize > MAX_BYTES && whole.size() > 1) {
      DeliveryKey oldest = whole.iterator().next();
      whole.remove(oldest);
      entries.computeIfPresent(
          oldest,
          (_, entry) -> {
            byteSize -= entry.byteSize();
            return entry.withoutMessage();
          });
    }
    while (entries.size() > MAX_ENTRIES) {
      DeliveryKey oldest = entries.keySet().iterator().next();
      remove(oldest);
      forget(oldest.receiver());
    }
  }

  private void remove(DeliveryKey key) {
    Entry entry = entries.remove(key);
    if (entry != null && whole.remove(key)) {
      byteSize -= entry.byteSize();
    }
    if (entry != null && entry.isOpenRequest()) {
      openRequests.computeIfPresent(
          correlationOf(key, entry), (_, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
    }
  }

  private static Correlation correlationOf(DeliveryKey key, Entry entry) {
    return new Correlation(entry.correlation(), key.receiver());
  }
}
